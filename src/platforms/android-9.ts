/** Android 9: SAN only; a store change. */
import { android } from '../families/android.ts'
import android81 from '../hellos/android-8.1.ts'

export default android({
  since: '9',

  hello: android81,
  notes: [
    { en: 'The commonName no longer names the host.', 'zh-CN': '主机名不再匹配 commonName。' },
    {
      en: 'GDCA TrustAUTH R5 and SSL.com join the store.',
      'zh-CN': '根证书库加入 GDCA TrustAUTH R5 与 SSL.com。',
    },
  ],
})
