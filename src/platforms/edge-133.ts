/** Reference: Edge 133. */
import { edge } from '../families/browser.ts'
import edge133 from '../hellos/edge-133.ts'

export default edge({
  id: 'edge-133',
  title: 'Edge 133',
  major: 133,
  hello: edge133,
})
