/** Chrome 70, the first with TLS 1.3 as published. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { EXTENSIONS } from '../wire/names.ts'
import chrome79 from './chrome-79.ts'

const hello: Hello = {
  id: 'chrome-70',
  title: same('Chrome 70'),
  evidence: 'captured',
  sources: ['testssl.sh@9fdf8028 etc/client-simulation.txt "Chrome 70 Win 10"'],
  date: '2026-06-25',
  doubts: [],
  spec: {
    ...chrome79.spec,
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
      'key_share',
      'psk_key_exchange_modes',
      'supported_versions',
      'supported_groups',
      'compress_certificate',
      'grease',
      'padding',
    ],
  },
}

export default hello
