/** Our own: takes up a session of TLS 1.2 or older again, by id and by ticket. It is sent as the hello that made it. */
import type { Hello } from '../hello.ts'
import tls12 from './tls-1.2.ts'

const hello: Hello = {
  ...tls12,
  id: 'resumption',
  title: { en: 'a session again', 'zh-CN': '恢复会话' },
  sources: ['RFC 5246 section 7.3', 'RFC 5077'],
  aside: 'resumption',
}

export default hello
