/** Reference: Chrome 106–123, which shuffles its extensions. */
import { chrome } from '../families/browser.ts'
import chrome120 from '../hellos/chrome-120.ts'

export default chrome({
  id: 'chrome-120',
  title: 'Chrome 120',
  major: 120,
  hello: chrome120,
})
