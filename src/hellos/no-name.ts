/** Our own: names no host, as clients without SNI do. */
import type { Hello } from '../hello.ts'
import openssl111 from './openssl-1.1.1d.ts'

const hello: Hello = {
  ...openssl111,
  id: 'no-name',
  title: { en: 'without SNI', 'zh-CN': '不带 SNI' },
  evidence: 'described',
  sources: ['RFC 6066 section 3'],
  doubts: [],
  spec: {
    ...openssl111.spec,
    extensions: openssl111.spec.extensions.filter(name => name !== 'server_name'),
  },
  aside: 'no-name',
}

export default hello
