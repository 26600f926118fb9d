/** Android 8.0: a store change. */
import { android } from '../families/android.ts'
import android81 from '../hellos/android-8.1.ts'

export default android({
  since: '8.0',

  hello: android81,
  notes: [
    { en: 'Amazon Root CA 1 to 4 join the store.', 'zh-CN': '根证书库加入 Amazon Root CA 1–4。' },
    {
      en: 'Its TLS takes P-256, P-384 and X25519.',
      'zh-CN': '系统 TLS 支持 P-256、P-384 与 X25519。',
    },
  ],
})
