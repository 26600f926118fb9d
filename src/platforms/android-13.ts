/** Android 13: another hello. */
import { android } from '../families/android.ts'
import android1314 from '../hellos/android-13-14.ts'

export default android({
  since: '13',

  hello: android1314,
  notes: [
    { en: 'TLS 1.0 and 1.1 are no longer offered.', 'zh-CN': '不再提供 TLS 1.0 与 1.1。' },
    { en: 'The store is that of Android 12.', 'zh-CN': '根证书库与 Android 12 相同。' },
  ],
})
