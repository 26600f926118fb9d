/** Reference: Chrome 131 and newer, with a post-quantum key share. */
import { chrome } from '../families/browser.ts'
import chromium137 from '../hellos/chromium-137.ts'

export default chrome({
  id: 'chrome-137',
  title: 'Chrome 137',
  major: 137,
  hello: chromium137,
})
