/** HarmonyOS 5.0.3: a store change. */
import { harmony } from '../families/harmony.ts'

export default harmony({
  since: '5.0.3',
  notes: [
    {
      en: 'Amazon Root CA 1 is back.',
      'zh-CN': '恢复 Amazon Root CA 1。',
    },
  ],
})
