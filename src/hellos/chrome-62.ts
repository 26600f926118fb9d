/** Chrome 58–62, the last without TLS 1.3: the NW.js of the WeChat DevTools of 2019. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { EXTENSIONS, groups, suites, versions } from '../wire/names.ts'
import chrome70 from './chrome-70.ts'

const hello: Hello = {
  id: 'chrome-62',
  title: same('Chrome 58–62'),
  evidence: 'described',
  sources: [
    'utls@ab377759 u_parrots.go HelloChrome_62',
    'github.com/cytle/wechat_web_devtools README (DevTools 1.02.1910121 on NW.js 0.24.4, which is Chromium 60)',
  ],
  date: '2025-07-21',
  doubts: [
    {
      en: 'Written down from a mimic of the client; no raw bytes were seen.',
      'zh-CN': '依据模拟该客户端的代码记录，未见原始字节。',
    },
  ],
  spec: {
    ...chrome70.spec,
    versions: versions('TLS 1.2', 'TLS 1.1', 'TLS 1.0'),
    sessionIdLength: 0,
    suites: suites(
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
      'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
    ),
    keyShares: groups(),
    pskModes: [],
    certificateCompression: [],
    extensions: [
      'grease',
      'renegotiation_info',
      'server_name',
      'extended_master_secret',
      'session_ticket',
      'signature_algorithms',
      'status_request',
      'signed_certificate_timestamp',
      'application_layer_protocol_negotiation',
      { type: EXTENSIONS.channel_id, body: new Uint8Array() },
      'ec_point_formats',
      'supported_groups',
      'grease',
      'padding',
    ],
  },
}

export default hello
