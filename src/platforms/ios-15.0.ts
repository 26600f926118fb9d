/** iOS 15.0: a store change, on which sources disagree. */
import { ats13 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios14 from '../hellos/ios-14.ts'

export default ios({
  since: '15.0',
  hello: ios14,
  ats: ats13,
  notes: [
    {
      en: 'GlobalSign Root R46 and E46 and Hongkong Post Root CA 3 join the store.',
      'zh-CN': '根证书库加入 GlobalSign Root R46、E46 与 Hongkong Post Root CA 3。',
    },
    {
      en: "Apple's page on 15.0 lacks six roots that the source of its time holds.",
      'zh-CN': 'Apple 的 15.0 页面比同期源码少六个根证书。',
    },
  ],
  sources: ['https://support.apple.com/HT212773'],
})
