/** Android 17: a store change; Certificate Transparency. */
import { android } from '../families/android.ts'
import android1314 from '../hellos/android-13-14.ts'

export default android({
  since: '17',

  hello: android1314,
  notes: [
    {
      en: 'TrustAsia TLS RSA and ECC Root join the store; the last Entrust roots leave.',
      'zh-CN': '根证书库加入 TrustAsia TLS RSA、ECC Root；移除最后的 Entrust 根证书。',
    },
    { en: 'Apps that target it may demand SCTs.', 'zh-CN': '面向该版本的应用可能要求 SCT。' },
  ],
})
