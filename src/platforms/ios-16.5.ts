/** iOS 16.5: a store change. */
import { ats154 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios15417 from '../hellos/ios-15.4-17.ts'

export default ios({
  since: '16.5',
  hello: ios15417,
  ats: ats154,
  notes: [
    {
      en: 'GeoTrust Global CA and government roots leave the store.',
      'zh-CN': '根证书库移除 GeoTrust Global CA 与若干政府根证书。',
    },
  ],
})
