/** iOS 11. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { groups, schemes, suites } from '../wire/names.ts'
import ios9 from './ios-9.ts'

const hello: Hello = {
  id: 'ios-11',
  title: same('iOS 11'),
  evidence: 'described',
  sources: ['utls@ab377759 u_parrots.go HelloIOS_11_1'],
  date: '2025-07-21',
  doubts: [
    {
      en: 'Written down from a mimic of the client; no raw bytes were seen.',
      'zh-CN': '依据模拟该客户端的代码记录，未见原始字节。',
    },
  ],
  spec: {
    ...ios9.spec,
    suites: suites(
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_RSA_WITH_AES_256_CBC_SHA256',
      'TLS_RSA_WITH_AES_128_CBC_SHA256',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
    ),
    groups: groups('x25519', 'secp256r1', 'secp384r1', 'secp521r1'),
    signatureSchemes: schemes(
      'ecdsa_secp256r1_sha256',
      'rsa_pss_rsae_sha256',
      'rsa_pkcs1_sha256',
      'ecdsa_secp384r1_sha384',
      'rsa_pss_rsae_sha384',
      'rsa_pkcs1_sha384',
      'rsa_pss_rsae_sha512',
      'rsa_pkcs1_sha512',
      'rsa_pkcs1_sha1',
    ),
    extensions: [
      'renegotiation_info',
      'server_name',
      'extended_master_secret',
      'signature_algorithms',
      'status_request',
      'next_protocol_negotiation',
      'signed_certificate_timestamp',
      'application_layer_protocol_negotiation',
      'ec_point_formats',
      'supported_groups',
    ],
  },
}

export default hello
