/** HarmonyOS 6.0.0.2: a store change. */
import { harmony } from '../families/harmony.ts'

export default harmony({
  since: '6.0.0.2',
  notes: [
    {
      en: 'Baltimore CyberTrust Root leaves the store.',
      'zh-CN': '移除 Baltimore CyberTrust Root。',
    },
  ],
})
