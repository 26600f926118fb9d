/** iOS 14.7: a store change. */
import { ats13 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios14 from '../hellos/ios-14.ts'

export default ios({
  since: '14.7',
  hello: ios14,
  ats: ats13,
  notes: [{ en: 'Admin-Root-CA leaves the store.', 'zh-CN': '根证书库移除 Admin-Root-CA。' }],
})
