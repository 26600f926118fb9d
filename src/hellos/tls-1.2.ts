/** Our own: asks for TLS 1.2 alone, with every key exchange and cipher of the servers of its time, and for compression. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { versions } from '../wire/names.ts'
import openssl111 from './openssl-1.1.1d.ts'

/** RFC 3749 section 2. */
const DEFLATE = 1
const ONLY_13: readonly unknown[] = ['supported_versions', 'psk_key_exchange_modes', 'key_share']

const hello: Hello = {
  ...openssl111,
  id: 'tls-1.2',
  title: same('TLS 1.2'),
  evidence: 'described',
  sources: ['RFC 5246'],
  doubts: [],
  spec: {
    ...openssl111.spec,
    versions: versions('TLS 1.2'),
    sessionIdLength: 0,
    compressionMethods: [DEFLATE, 0],
    keyShares: [],
    extensions: openssl111.spec.extensions.filter(name => !ONLY_13.includes(name)),
  },
}

export default hello
