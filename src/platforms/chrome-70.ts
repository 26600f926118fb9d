/** Reference: Chrome 70, the first with TLS 1.3 as published. */
import { chrome } from '../families/browser.ts'
import chrome70 from '../hellos/chrome-70.ts'

export default chrome({
  id: 'chrome-70',
  title: 'Chrome 70',
  major: 70,
  hello: chrome70,
})
