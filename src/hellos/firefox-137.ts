/** Firefox 137 (NSS). */
import { Writer } from '../bytes.ts'
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import type { ExtensionSpec } from '../wire/client-hello.ts'
import {
  certificateCompressions,
  EXTENSIONS,
  groups,
  schemes,
  suites,
  VERSIONS,
  versions,
} from '../wire/names.ts'

const hello: Hello = {
  id: 'firefox-137',
  title: same('Firefox 137'),
  evidence: 'captured',
  sources: [
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Firefox 137 (Win 11)"',
    'utls@ab377759 u_parrots.go HelloFirefox_120: the schemes of delegated credentials',
    'nss lib/ssl/tls13ech.c: GREASE',
  ],
  date: '2026-06-25',
  doubts: [
    {
      en: 'The schemes of delegated credentials are those of a mimic; the GREASE of its encrypted hello has the captured length and no fresh content.',
      'zh-CN':
        '委托凭证的签名算法取自模拟代码；加密 ClientHello 的 GREASE 只与抓包等长，内容固定。',
    },
  ],
  spec: {
    recordVersion: VERSIONS['TLS 1.0'],
    legacyVersion: VERSIONS['TLS 1.2'],
    versions: versions('TLS 1.3', 'TLS 1.2'),
    sessionIdLength: 32,
    suites: suites(
      'TLS_AES_128_GCM_SHA256',
      'TLS_CHACHA20_POLY1305_SHA256',
      'TLS_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
    ),
    compressionMethods: [0],
    groups: groups(
      'X25519MLKEM768',
      'x25519',
      'secp256r1',
      'secp384r1',
      'secp521r1',
      'ffdhe2048',
      'ffdhe3072',
    ),
    keyShares: groups('X25519MLKEM768', 'x25519', 'secp256r1'),
    signatureSchemes: schemes(
      'ecdsa_secp256r1_sha256',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
      'rsa_pss_rsae_sha256',
      'rsa_pss_rsae_sha384',
      'rsa_pss_rsae_sha512',
      'rsa_pkcs1_sha256',
      'rsa_pkcs1_sha384',
      'rsa_pkcs1_sha512',
      'ecdsa_sha1',
      'rsa_pkcs1_sha1',
    ),
    alpn: ['h2', 'http/1.1'],
    pointFormats: [0],
    pskModes: [1],
    certificateCompression: certificateCompressions('zlib', 'brotli', 'zstd'),
    grease: false,
    shuffled: false,
    extensions: [
      'server_name',
      'extended_master_secret',
      'renegotiation_info',
      'supported_groups',
      'ec_point_formats',
      'session_ticket',
      'application_layer_protocol_negotiation',
      'status_request',
      delegatedCredentials(),
      'signed_certificate_timestamp',
      'key_share',
      'supported_versions',
      'signature_algorithms',
      'psk_key_exchange_modes',
      'record_size_limit',
      'compress_certificate',
      encryptedHello(),
    ],
  },
}

export default hello

/** RFC 9345 section 4.1.1: the schemes of a delegated credential's own signature. */
function delegatedCredentials(): ExtensionSpec {
  const accepted = schemes(
    'ecdsa_secp256r1_sha256',
    'ecdsa_secp384r1_sha384',
    'ecdsa_secp521r1_sha512',
    'ecdsa_sha1',
  )
  const body = new Writer().vector(2, list => {
    for (const scheme of accepted) list.u16(scheme)
  })
  return { type: EXTENSIONS.delegated_credential, body: body.bytes() }
}

/** Type outer, HKDF-SHA256, AES-128-GCM, a config id, 32 octets that are no point of a key, 239 of payload. */
function encryptedHello(): ExtensionSpec {
  const filler = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 167 + 13) & 0xff)
  const body = new Writer().u8(0).u16(1).u16(1).u8(0x5c)
  body.vector(2, key => key.push(filler(32))).vector(2, payload => payload.push(filler(239)))
  return { type: EXTENSIONS.encrypted_client_hello, body: body.bytes() }
}
