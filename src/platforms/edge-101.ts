/** Reference: Edge 101, which sends what Chrome 101 does. */
import { edge } from '../families/browser.ts'
import chrome101 from '../hellos/chrome-101.ts'

export default edge({
  id: 'edge-101',
  title: 'Edge 101',
  major: 101,
  hello: chrome101,
  notes: [
    {
      en: 'Its captured hello is, byte for byte, of the shape of that of Chrome 101.',
      'zh-CN': '抓到的 ClientHello 与 Chrome 101 形状逐字节一致。',
    },
  ],
})
