/** HarmonyOS 6.0: a store change. */
import { harmony } from '../families/harmony.ts'

export default harmony({
  since: '6.0',
  notes: [
    {
      en: '111 roots: GTS, Amazon 2-4 and GlobalSign R46 join the store.',
      'zh-CN': '增至 111 个根证书：加入 GTS、Amazon 2-4 与 GlobalSign R46。',
    },
  ],
})
