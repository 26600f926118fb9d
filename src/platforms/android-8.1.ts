/** Android 8.1: a store change. */
import { android } from '../families/android.ts'
import android81 from '../hellos/android-8.1.ts'

export default android({
  since: '8.1',

  hello: android81,
  notes: [
    {
      en: 'WoSign, StartCom and CNNIC EV leave the store.',
      'zh-CN': '根证书库移除 WoSign、StartCom 与 CNNIC EV。',
    },
    {
      en: 'Security updates took the fallback to commonName away.',
      'zh-CN': '安全更新后不再回退到 commonName。',
    },
  ],
})
