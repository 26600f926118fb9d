/** Reference: Chrome 83–92. */
import { chrome } from '../families/browser.ts'
import chrome8392 from '../hellos/chrome-83-92.ts'

export default chrome({
  id: 'chrome-87',
  title: 'Chrome 87',
  major: 87,
  hello: chrome8392,
})
