/** Android 15: a store change. */
import { android } from '../families/android.ts'
import android1314 from '../hellos/android-13-14.ts'

export default android({
  since: '15',

  hello: android1314,
  notes: [
    {
      en: 'Sectigo Public Server Authentication Root R46 and E46, SSL.com TLS 2022 and TrustAsia Global Root G3 and G4 join the store.',
      'zh-CN':
        '根证书库加入 Sectigo Public Server Authentication Root R46、E46、SSL.com TLS 2022 与 TrustAsia Global Root G3、G4。',
    },
  ],
})
