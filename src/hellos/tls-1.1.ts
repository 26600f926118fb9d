/** Our own: asks for TLS 1.1 or 1.0, one connection for both where the server speaks neither. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { VERSIONS, versions } from '../wire/names.ts'
import tls10 from './tls-1.0.ts'

const hello: Hello = {
  ...tls10,
  id: 'tls-1.1',
  title: same('TLS 1.1, TLS 1.0'),
  spec: {
    ...tls10.spec,
    legacyVersion: VERSIONS['TLS 1.1'],
    versions: versions('TLS 1.1', 'TLS 1.0'),
  },
}

export default hello
