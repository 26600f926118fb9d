/** Our own: names a host that nobody has. By the way it asks for compression. */
import type { Hello } from '../hello.ts'
import tls12 from './tls-1.2.ts'

const hello: Hello = {
  ...tls12,
  id: 'unknown-name',
  title: { en: 'with an unknown SNI', 'zh-CN': '带未知的 SNI' },
  sources: ['RFC 6066 section 3', 'RFC 3749'],
  aside: 'unknown-name',
}

export default hello
