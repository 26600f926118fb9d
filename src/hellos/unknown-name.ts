/** Our own: names a host that nobody has. */
import type { Hello } from '../hello.ts'
import openssl111 from './openssl-1.1.1d.ts'

const hello: Hello = {
  ...openssl111,
  id: 'unknown-name',
  title: { en: 'with an unknown SNI', 'zh-CN': '带未知的 SNI' },
  evidence: 'described',
  sources: ['RFC 6066 section 3'],
  doubts: [],
  aside: 'unknown-name',
}

export default hello
