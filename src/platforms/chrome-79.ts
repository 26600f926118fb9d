/** Reference: Chrome 72–81, the last with 3DES and with SHA-1 in handshakes. */
import { chrome } from '../families/browser.ts'
import chrome79 from '../hellos/chrome-79.ts'

export default chrome({
  id: 'chrome-79',
  title: 'Chrome 79',
  major: 79,
  hello: chrome79,
})
