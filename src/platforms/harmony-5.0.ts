/** HarmonyOS 5.0: the first one that runs no Android. */
import { harmony } from '../families/harmony.ts'

export default harmony({
  since: '5.0',
  notes: [
    {
      en: 'Only 68 roots: Amazon 2-4, GTS, Microsoft 2017 and HARICA 2021 are missing.',
      'zh-CN': '仅 68 个根证书：缺少 Amazon 2-4、GTS、Microsoft 2017 与 HARICA 2021。',
    },
  ],
})
