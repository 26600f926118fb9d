/** Android 10: TLS 1.3; SHA-1 ends; a store change. */
import { android } from '../families/android.ts'
import android1112 from '../hellos/android-11-12.ts'

export default android({
  since: '10',

  hello: android1112,
  notes: [
    {
      en: 'TLS 1.3 is on by default; SHA-1 signatures are refused.',
      'zh-CN': '默认启用 TLS 1.3；拒绝 SHA-1 签名。',
    },
    {
      en: 'GTS Root R1 to R4, UCA Global G2 and GlobalSign R6 join the store.',
      'zh-CN': '根证书库加入 GTS Root R1–R4、UCA Global G2 与 GlobalSign R6。',
    },
  ],
})
