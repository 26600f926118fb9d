/** Chrome 106–123: extensions shuffled, no post-quantum share yet. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import chrome101 from './chrome-101.ts'

const hello: Hello = {
  id: 'chrome-120',
  title: same('Chrome 106–123'),
  evidence: 'described',
  sources: ['utls@ab377759 u_parrots.go HelloChrome_120'],
  date: '2025-07-21',
  doubts: [
    {
      en: 'Written down from a mimic of the client; no raw bytes were seen.',
      'zh-CN': '依据模拟该客户端的代码记录，未见原始字节。',
    },
  ],
  spec: {
    ...chrome101.spec,
    shuffled: true,
    extensions: [
      'grease',
      'server_name',
      'extended_master_secret',
      'renegotiation_info',
      'supported_groups',
      'ec_point_formats',
      'session_ticket',
      'application_layer_protocol_negotiation',
      'status_request',
      'signature_algorithms',
      'signed_certificate_timestamp',
      'key_share',
      'psk_key_exchange_modes',
      'supported_versions',
      'compress_certificate',
      'application_settings_old',
      'encrypted_client_hello',
      'grease',
    ],
  },
}

export default hello
