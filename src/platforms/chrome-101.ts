/** Reference: Chrome 98–105. */
import { chrome } from '../families/browser.ts'
import chrome101 from '../hellos/chrome-101.ts'

export default chrome({
  id: 'chrome-101',
  title: 'Chrome 101',
  major: 101,
  hello: chrome101,
})
