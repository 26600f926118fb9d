/** Android 16 (r4): a store change of December 2025. */
import { android } from '../families/android.ts'
import android1314 from '../hellos/android-13-14.ts'

export default android({
  since: '16-r4',
  title: 'Android 16 (r4)',
  hello: android1314,
  notes: [
    {
      en: 'GlobalSign Root CA (R1), AAA Certificate Services, Go Daddy Class 2, Starfield Class 2 and Baltimore leave the store.',
      'zh-CN':
        '根证书库移除 GlobalSign Root CA（R1）、AAA Certificate Services、Go Daddy Class 2、Starfield Class 2 与 Baltimore。',
    },
  ],
})
