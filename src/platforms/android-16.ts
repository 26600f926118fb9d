/** Android 16: a store change. */
import { android } from '../families/android.ts'
import android1314 from '../hellos/android-13-14.ts'

export default android({
  since: '16',

  hello: android1314,
  notes: [
    {
      en: 'TWCA CYBER, SecureSign CA12 to CA15 and Telekom Security join the store; Entrust G4 leaves.',
      'zh-CN':
        '根证书库加入 TWCA CYBER、SecureSign CA12–CA15 与 Telekom Security；移除 Entrust G4。',
    },
  ],
})
