/** Our own: asked after the large hellos, to tell a server that drops those from one that answers us no more. */
import type { Hello } from '../hello.ts'
import openssl111 from './openssl-1.1.1d.ts'

const hello: Hello = {
  ...openssl111,
  id: 'small-again',
  title: { en: 'small, after the large ones', 'zh-CN': '较小，在较大者之后发送' },
  evidence: 'described',
  sources: ['https://tldr.fail/'],
  doubts: [],
  aside: 'small-again',
}

export default hello
