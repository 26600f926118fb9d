/** Android 7.1.1: Let's Encrypt. */
import { android } from '../families/android.ts'
import android711 from '../hellos/android-7.1.1.ts'

export default android({
  since: '7.1.1',

  hello: android711,
  notes: [
    { en: 'ISRG Root X1 joins the store.', 'zh-CN': '根证书库加入 ISRG Root X1。' },
    { en: 'P-384 and P-521 work again.', 'zh-CN': 'P-384 与 P-521 恢复可用。' },
    {
      en: 'Whether 7.1.0 has this store is not known; it is judged as 7.0.',
      'zh-CN': '7.1.0 的根证书库不详，按 7.0 判定。',
    },
  ],
  sources: ['https://letsencrypt.org/docs/certificate-compatibility/'],
})
