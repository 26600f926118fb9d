/** The ssl module of Python 3 on OpenSSL 3.0, with its default context. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { suites, versions } from '../wire/names.ts'
import openssl30 from './openssl-3.0.ts'

const hello: Hello = {
  id: 'python-3',
  title: same('Python 3'),
  evidence: 'captured',
  sources: [
    'own capture on loopback: Python 3, ssl.create_default_context(), OpenSSL 3.0.19 (Debian 12)',
  ],
  date: '2026-11-22',
  doubts: [],
  spec: {
    ...openssl30.spec,
    versions: versions('TLS 1.3', 'TLS 1.2'),
    suites: suites(
      'TLS_AES_256_GCM_SHA384',
      'TLS_CHACHA20_POLY1305_SHA256',
      'TLS_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
      'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256',
      'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256',
      'TLS_EMPTY_RENEGOTIATION_INFO_SCSV',
    ),
    extensions: [
      'server_name',
      'ec_point_formats',
      'supported_groups',
      'session_ticket',
      'encrypt_then_mac',
      'extended_master_secret',
      'signature_algorithms',
      'supported_versions',
      'psk_key_exchange_modes',
      'key_share',
      'padding',
    ],
  },
}

export default hello
