/** Android 8.0 to 9 (Conscrypt). */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { groups, schemes, suites, VERSIONS, versions } from '../wire/names.ts'

const hello: Hello = {
  id: 'android-8.1',
  title: same('Android 8.0–9'),
  evidence: 'captured',
  sources: [
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Android 8.1 (native)"',
    'libcore SSLSocket.java, table "Default configuration", API 27 (google/j2objc@122117f3): the same suites',
  ],
  date: '2026-06-25',
  doubts: [
    {
      en: 'Captured with a session id of 32 bytes; written as the fresh hello it would be, without one.',
      'zh-CN': '抓包时携带 32 字节会话 ID；此处按不带会话 ID 的全新握手记录。',
    },
    {
      en: 'Captured on 8.1; that 8.0 and 9 send the same is inferred.',
      'zh-CN': '抓自 8.1；8.0 与 9 与之相同系推断。',
    },
  ],
  spec: {
    recordVersion: VERSIONS['TLS 1.0'],
    legacyVersion: VERSIONS['TLS 1.2'],
    versions: versions('TLS 1.2', 'TLS 1.1', 'TLS 1.0'),
    sessionIdLength: 0,
    suites: suites(
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
    ),
    compressionMethods: [0],
    groups: groups('x25519', 'secp256r1', 'secp384r1'),
    keyShares: groups(),
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
    alpn: [],
    pointFormats: [0],
    pskModes: [],
    certificateCompression: [],
    grease: false,
    shuffled: false,
    extensions: [
      'server_name',
      'extended_master_secret',
      'renegotiation_info',
      'supported_groups',
      'ec_point_formats',
      'status_request',
      'signature_algorithms',
    ],
  },
}

export default hello
