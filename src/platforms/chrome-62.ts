/** Reference: Chrome 58–62, the last without TLS 1.3. */
import { chrome } from '../families/browser.ts'
import chrome62 from '../hellos/chrome-62.ts'

export default chrome({
  id: 'chrome-62',
  title: 'Chrome 62',
  major: 62,
  hello: chrome62,
})
