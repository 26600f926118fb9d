/** Android 5.0 and 5.1, their browser. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { suites } from '../wire/names.ts'
import android44 from './android-4.4.ts'

const hello: Hello = {
  id: 'android-5.0',
  title: same('Android 5'),
  evidence: 'captured',
  sources: ['testssl.sh@9fdf8028 etc/client-simulation.txt "Android 5.0.0"'],
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
  ],
  spec: {
    ...android44.spec,
    suites: suites(
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256_OLD',
      'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256_OLD',
      'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256_OLD',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      'TLS_DHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_DHE_DSS_WITH_AES_256_CBC_SHA',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA',
      'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA',
      'TLS_DHE_DSS_WITH_3DES_EDE_CBC_SHA',
      'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
      'TLS_DHE_DSS_WITH_AES_128_GCM_SHA256',
      'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_DHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_DHE_DSS_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_RC4_128_SHA',
      'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA',
      'TLS_RSA_WITH_RC4_128_SHA',
      'TLS_RSA_WITH_RC4_128_MD5',
      'TLS_EMPTY_RENEGOTIATION_INFO_SCSV',
    ),
    extensions: [
      'server_name',
      'session_ticket',
      'signature_algorithms',
      'next_protocol_negotiation',
      'ec_point_formats',
      'supported_groups',
    ],
  },
}

export default hello
