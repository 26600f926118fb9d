/** Android 6.0, its browser. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { groups, schemes, suites, versions } from '../wire/names.ts'
import android44 from './android-4.4.ts'

const hello: Hello = {
  id: 'android-6.0',
  title: same('Android 6.0'),
  evidence: 'captured',
  sources: ['testssl.sh@9fdf8028 etc/client-simulation.txt "Android 6.0"'],
  date: '2026-06-25',
  doubts: [
    {
      en: "Captured from the browser; an app that uses the system's sockets may send less.",
      'zh-CN': '抓自系统浏览器；使用系统套接字的应用发送的内容可能更少。',
    },
    {
      en: 'Where the renegotiation signal stands among the suites is that of its library; the record names only the suites.',
      'zh-CN': '重协商信号在套件列表中的位置取自其 TLS 库；记录中只列出套件。',
    },
    {
      en: 'Captured as a resumption; written as the fresh hello it would be, without a session id.',
      'zh-CN': '抓包时处于会话恢复；此处按不带会话 ID 的全新握手记录。',
    },
  ],
  spec: {
    ...android44.spec,
    versions: versions('TLS 1.2', 'TLS 1.1', 'TLS 1.0'),
    suites: suites(
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256_OLD',
      'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256_OLD',
      'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256_OLD',
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
      'TLS_EMPTY_RENEGOTIATION_INFO_SCSV',
    ),
    groups: groups('secp256r1', 'secp384r1'),
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
    alpn: ['http/1.1', 'spdy/3.1'],
    extensions: [
      'server_name',
      'extended_master_secret',
      'session_ticket',
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
