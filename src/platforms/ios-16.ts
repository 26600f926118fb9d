/** iOS 16: a store change. */
import { ats154 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios15417 from '../hellos/ios-15.4-17.ts'

export default ios({
  since: '16',
  hello: ios15417,
  ats: ats154,
  notes: [
    {
      en: 'Certum Trusted Root, Certum EC-384 and Certainly join the store.',
      'zh-CN': '根证书库加入 Certum Trusted Root、Certum EC-384 与 Certainly。',
    },
  ],
})
