/** Our own: the large hello in two TCP segments, as a network may cut it. */
import type { Hello } from '../hello.ts'
import large from './large.ts'

const hello: Hello = {
  ...large,
  id: 'large-in-two',
  title: { en: 'over 1,500 bytes, in two segments', 'zh-CN': '超过 1500 字节，分两段发送' },
  aside: 'large-in-two',
}

export default hello
