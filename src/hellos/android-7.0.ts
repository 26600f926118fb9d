/** Android 7.0: the release whose TLS knows one curve only. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { groups, schemes, suites, VERSIONS, versions } from '../wire/names.ts'

const hello: Hello = {
  id: 'android-7.0',
  title: same('Android 7.0'),
  evidence: 'captured',
  sources: [
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Android 7.0 (native)"',
    'https://github.com/testssl/testssl.sh/pull/1659',
    'https://stackoverflow.com/questions/39133437',
  ],
  date: '2026-06-25',
  doubts: [
    {
      en: 'The captured app uses OkHttp, which narrows the suites and offers HTTP/2: HttpURLConnection may send more suites and less ALPN.',
      'zh-CN':
        '抓包应用使用 OkHttp，会收窄套件并提供 HTTP/2；HttpURLConnection 的套件可能更多、ALPN 可能更少。',
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
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
    ),
    compressionMethods: [0],
    groups: groups('secp256r1'),
    keyShares: groups(),
    signatureSchemes: schemes(
      'rsa_pkcs1_sha512',
      'ecdsa_secp521r1_sha512',
      'rsa_pkcs1_sha384',
      'ecdsa_secp384r1_sha384',
      'rsa_pkcs1_sha256',
      'ecdsa_secp256r1_sha256',
      'rsa_sha224',
      'ecdsa_sha224',
      'rsa_pkcs1_sha1',
      'ecdsa_sha1',
    ),
    alpn: ['h2', 'http/1.1'],
    pointFormats: [0],
    pskModes: [],
    certificateCompression: [],
    grease: false,
    shuffled: false,
    extensions: [
      'renegotiation_info',
      'server_name',
      'extended_master_secret',
      'session_ticket',
      'signature_algorithms',
      'application_layer_protocol_negotiation',
      'ec_point_formats',
      'supported_groups',
    ],
  },
}

export default hello
