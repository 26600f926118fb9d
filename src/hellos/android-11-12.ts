/** Android 10 to 12 (Conscrypt). */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { groups, suites, versions } from '../wire/names.ts'
import android81 from './android-8.1.ts'

const hello: Hello = {
  id: 'android-11-12',
  title: same('Android 10–12'),
  evidence: 'captured',
  sources: [
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Android 11/12 (native)"',
    'libcore SSLSocket.java, table "Default configuration", API 30 (google/j2objc@122117f3): the same suites',
  ],
  date: '2026-06-25',
  doubts: [
    {
      en: 'Captured on 11 and 12 with F-Droid; that 10 sends the same is inferred.',
      'zh-CN': '在 11 与 12 上用 F-Droid 抓取；10 与之相同系推断。',
    },
  ],
  spec: {
    ...android81.spec,
    versions: versions('TLS 1.3', 'TLS 1.2', 'TLS 1.1', 'TLS 1.0'),
    sessionIdLength: 32,
    suites: [
      ...suites('TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'),
      ...android81.spec.suites,
    ],
    keyShares: groups('x25519'),
    alpn: ['http/1.1'],
    pskModes: [1],
    extensions: [
      'server_name',
      'extended_master_secret',
      'renegotiation_info',
      'supported_groups',
      'ec_point_formats',
      'session_ticket',
      'application_layer_protocol_negotiation',
      'status_request',
      'signature_algorithms',
      'key_share',
      'psk_key_exchange_modes',
      'supported_versions',
      'padding',
    ],
  },
}

export default hello
