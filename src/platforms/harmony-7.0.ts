/** HarmonyOS 7.0: a store change. */
import { harmony } from '../families/harmony.ts'

export default harmony({
  since: '7.0',
  notes: [
    {
      en: 'vTrus, BJCA and TrustAsia TLS roots join the store.',
      'zh-CN': '根证书库加入 vTrus、BJCA 与 TrustAsia TLS 根证书。',
    },
  ],
})
