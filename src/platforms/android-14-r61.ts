/** Android 14 (r61): a store change of August 2024. */
import { android } from '../families/android.ts'
import android1314 from '../hellos/android-13-14.ts'

export default android({
  since: '14-r61',
  title: 'Android 14 (r61)',
  hello: android1314,
  notes: [
    {
      en: 'BJCA Global Root CA1 and CA2 join the store.',
      'zh-CN': '根证书库加入 BJCA Global Root CA1 与 CA2。',
    },
  ],
})
