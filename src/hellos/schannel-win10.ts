/** Internet Explorer 11 on Windows 10 (Schannel before TLS 1.3). */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { EXTENSIONS, groups, schemes, suites, VERSIONS, versions } from '../wire/names.ts'

/** Version 0.13 of the draft, and its three kinds of key parameters. */
const TOKEN_BINDING = Uint8Array.of(0, 13, 3, 2, 0, 1)

const hello: Hello = {
  id: 'schannel-win10',
  title: same('IE 11, Windows 10'),
  evidence: 'captured',
  sources: [
    'testssl.sh@9fdf8028 etc/client-simulation.txt "IE 11 Win 10"',
    'draft-ietf-tokbind-negotiation',
  ],
  date: '2026-06-25',
  doubts: [
    {
      en: 'The body of the token binding extension is a stand-in of the captured length.',
      'zh-CN': '令牌绑定扩展的内容为等长占位。',
    },
  ],
  spec: {
    recordVersion: VERSIONS['TLS 1.2'],
    legacyVersion: VERSIONS['TLS 1.2'],
    versions: versions('TLS 1.2', 'TLS 1.1', 'TLS 1.0'),
    sessionIdLength: 0,
    suites: suites(
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_RSA_WITH_AES_256_CBC_SHA256',
      'TLS_RSA_WITH_AES_128_CBC_SHA256',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
      'TLS_DHE_DSS_WITH_AES_256_CBC_SHA256',
      'TLS_DHE_DSS_WITH_AES_128_CBC_SHA256',
      'TLS_DHE_DSS_WITH_AES_256_CBC_SHA',
      'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
      'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA',
    ),
    compressionMethods: [0],
    groups: groups('secp256r1', 'secp384r1'),
    keyShares: groups(),
    signatureSchemes: schemes(
      'rsa_pkcs1_sha256',
      'rsa_pkcs1_sha384',
      'rsa_pkcs1_sha1',
      'ecdsa_secp256r1_sha256',
      'ecdsa_secp384r1_sha384',
      'ecdsa_sha1',
      'dsa_sha1',
      'rsa_pkcs1_sha512',
      'ecdsa_secp521r1_sha512',
    ),
    alpn: ['h2', 'http/1.1'],
    pointFormats: [0],
    pskModes: [],
    certificateCompression: [],
    grease: false,
    shuffled: false,
    extensions: [
      'server_name',
      'status_request',
      'supported_groups',
      'ec_point_formats',
      'signature_algorithms',
      'session_ticket',
      'application_layer_protocol_negotiation',
      'extended_master_secret',
      { type: EXTENSIONS.token_binding_draft, body: TOKEN_BINDING },
      'renegotiation_info',
    ],
  },
}

export default hello
