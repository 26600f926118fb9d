/** curl 7.88 on OpenSSL 3.0. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import openssl30 from './openssl-3.0.ts'

const hello: Hello = {
  id: 'curl-7.88',
  title: same('curl 7.88'),
  evidence: 'captured',
  sources: ['own capture on loopback: curl 7.88.1 with OpenSSL 3.0.19 (Debian 12)'],
  date: '2026-11-22',
  doubts: [],
  spec: {
    ...openssl30.spec,
    alpn: ['h2', 'http/1.1'],
    extensions: [
      'server_name',
      'ec_point_formats',
      'supported_groups',
      'application_layer_protocol_negotiation',
      'encrypt_then_mac',
      'extended_master_secret',
      'post_handshake_auth',
      'signature_algorithms',
      'supported_versions',
      'psk_key_exchange_modes',
      'key_share',
      'padding',
    ],
  },
}

export default hello
