/** Reference: Chrome 96 and 97. */
import { chrome } from '../families/browser.ts'
import chrome96 from '../hellos/chrome-96.ts'

export default chrome({
  id: 'chrome-96',
  title: 'Chrome 96',
  major: 96,
  hello: chrome96,
})
