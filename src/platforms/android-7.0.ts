/** Android 7.0: the oldest release that is judged. */
import { android } from '../families/android.ts'
import android70 from '../hellos/android-7.0.ts'

export default android({
  since: '7.0',

  hello: android70,
  notes: [
    {
      en: "The system's TLS knows the curve P-256 alone, for key exchange and for the certificate.",
      'zh-CN': '系统 TLS 在密钥交换与证书上均只支持 P-256 曲线。',
    },
    { en: 'ISRG Root X1 is unknown.', 'zh-CN': '不认识 ISRG Root X1。' },
    {
      en: 'Apps of today ignore roots that the user installs.',
      'zh-CN': '应用不信任用户自行安装的根证书。',
    },
  ],
  sources: [
    'https://stackoverflow.com/questions/39133437',
    'https://github.com/ssllabs/ssllabs-scan/issues/742',
  ],
})
