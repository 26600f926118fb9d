/** iOS 13.4: a store change. */
import { ats13 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios13 from '../hellos/ios-13.ts'

export default ios({
  since: '13.4',
  hello: ios13,
  ats: ats13,
  notes: [
    {
      en: 'OISTE WISeKey Global Root GC joins the store.',
      'zh-CN': '根证书库加入 OISTE WISeKey Global Root GC。',
    },
  ],
})
