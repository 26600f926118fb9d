/** Our own: asks for TLS 1.3 alone. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { suites, versions } from '../wire/names.ts'
import openssl111 from './openssl-1.1.1d.ts'

const hello: Hello = {
  ...openssl111,
  id: 'tls-1.3',
  title: same('TLS 1.3'),
  evidence: 'described',
  sources: ['RFC 8446'],
  doubts: [],
  spec: {
    ...openssl111.spec,
    versions: versions('TLS 1.3'),
    suites: suites(
      'TLS_AES_128_GCM_SHA256',
      'TLS_AES_256_GCM_SHA384',
      'TLS_CHACHA20_POLY1305_SHA256',
    ),
  },
}

export default hello
