/** Chrome 131 and newer: X25519MLKEM768. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { groups } from '../wire/names.ts'
import chrome120 from './chrome-120.ts'

const hello: Hello = {
  id: 'chromium-137',
  title: same('Chrome 131–137'),
  evidence: 'captured',
  sources: [
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Chromium 137 (Win 11)"',
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Android 16 (native)"',
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Android 15/16 (native)": a Google app with the same stack',
  ],
  date: '2026-06-25',
  doubts: [
    {
      en: 'The extensions come in a new order with each connection; one order was captured.',
      'zh-CN': '扩展顺序每次连接都会打乱，此处记录的是其中一次。',
    },
  ],
  spec: {
    ...chrome120.spec,
    groups: groups('X25519MLKEM768', 'x25519', 'secp256r1', 'secp384r1'),
    keyShares: groups('X25519MLKEM768', 'x25519'),
    extensions: [
      'grease',
      'session_ticket',
      'encrypted_client_hello',
      'key_share',
      'psk_key_exchange_modes',
      'status_request',
      'signature_algorithms',
      'server_name',
      'application_layer_protocol_negotiation',
      'supported_versions',
      'extended_master_secret',
      'signed_certificate_timestamp',
      'application_settings',
      'ec_point_formats',
      'compress_certificate',
      'supported_groups',
      'renegotiation_info',
      'grease',
    ],
  },
}

export default hello
