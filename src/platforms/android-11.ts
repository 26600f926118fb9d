/** Android 11: a store change. */
import { android } from '../families/android.ts'
import android1112 from '../hellos/android-11-12.ts'

export default android({
  since: '11',

  hello: android1112,
  notes: [
    {
      en: 'Hongkong Post Root CA 3, Entrust G4 and emSign join the store.',
      'zh-CN': '根证书库加入 Hongkong Post Root CA 3、Entrust G4 与 emSign。',
    },
  ],
})
