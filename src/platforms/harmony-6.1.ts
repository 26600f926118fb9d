/** HarmonyOS 6.1: a store change. */
import { harmony } from '../families/harmony.ts'

export default harmony({
  since: '6.1',
  notes: [
    {
      en: 'Sectigo R46 and E46 and SSL.com TLS 2022 join the store.',
      'zh-CN': '根证书库加入 Sectigo R46、E46 与 SSL.com TLS 2022。',
    },
  ],
})
