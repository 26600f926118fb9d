/** iOS 14.5: a store change. */
import { ats13 } from '../families/ats.ts'
import { ios } from '../families/ios.ts'
import ios14 from '../hellos/ios-14.ts'

export default ios({
  since: '14.5',
  hello: ios14,
  ats: ats13,
  notes: [
    { en: 'GlobalSign Root R6 joins the store.', 'zh-CN': '根证书库加入 GlobalSign Root R6。' },
  ],
})
