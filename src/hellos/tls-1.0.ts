/** Our own: asks for TLS 1.0 alone, with every key exchange and cipher its servers were ever set up with. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { suites, VERSIONS, versions } from '../wire/names.ts'
import tls12 from './tls-1.2.ts'

const hello: Hello = {
  ...tls12,
  id: 'tls-1.0',
  title: same('TLS 1.0'),
  spec: {
    ...tls12.spec,
    recordVersion: VERSIONS['TLS 1.0'],
    legacyVersion: VERSIONS['TLS 1.0'],
    versions: versions('TLS 1.0'),
    suites: suites(
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
      'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
      'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA',
      'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA',
      'TLS_RSA_WITH_RC4_128_SHA',
      'TLS_RSA_WITH_RC4_128_MD5',
      'TLS_RSA_WITH_DES_CBC_SHA',
      'TLS_EMPTY_RENEGOTIATION_INFO_SCSV',
    ),
    extensions: tls12.spec.extensions.filter(name => name !== 'signature_algorithms'),
  },
}

export default hello
