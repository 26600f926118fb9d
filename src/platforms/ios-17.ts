/** iOS 17: a store change. */
import { ats154 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios15417 from '../hellos/ios-15.4-17.ts'

export default ios({
  since: '17',
  hello: ios15417,
  ats: ats154,
  notes: [
    {
      en: 'HiPKI Root CA - G1 and Telia Root CA v2 join the store.',
      'zh-CN': '根证书库加入 HiPKI Root CA - G1 与 Telia Root CA v2。',
    },
  ],
})
