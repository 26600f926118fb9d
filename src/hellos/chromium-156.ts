/** Chromium 156: what a Chromium-based stack with a post-quantum key share sends. */
import { Writer } from '../bytes.ts'
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import type { ExtensionSpec } from '../wire/client-hello.ts'
import { EXTENSIONS, groups, schemes } from '../wire/names.ts'
import chrome101 from './chrome-101.ts'

/** The object identifier arc 32473, which is reserved for examples (RFC 5612), as a relative one in DER. */
const DOCUMENTATION_ARC = Uint8Array.of(129, 253, 89)

const hello: Hello = {
  id: 'chromium-156',
  title: same('Chromium 156'),
  evidence: 'captured',
  sources: ['own capture: headless Chromium 156.0.8078.79 (Debian 12) against a loopback listener'],
  date: '2026-11-22',
  doubts: [
    {
      en: 'The extensions come in a new order with each connection; one order was captured.',
      'zh-CN': '扩展顺序每次连接都会打乱，此处记录的是其中一次。',
    },
    {
      en: 'The trust anchor identifiers are stand-ins of the captured length.',
      'zh-CN': 'trust_anchors 扩展的标识符为等长占位内容。',
    },
  ],
  spec: {
    ...chrome101.spec,
    groups: groups('X25519MLKEM768', 'x25519', 'secp256r1', 'secp384r1'),
    keyShares: groups('X25519MLKEM768', 'x25519'),
    signatureSchemes: [
      ...schemes('GREASE', 'mldsa44', 'mldsa65', 'mldsa87'),
      ...chrome101.spec.signatureSchemes,
    ],
    shuffled: true,
    extensions: [
      'grease',
      'psk_key_exchange_modes',
      'renegotiation_info',
      'application_settings',
      'server_name',
      'supported_versions',
      trustAnchors(),
      'signed_certificate_timestamp',
      'encrypted_client_hello',
      'key_share',
      'status_request',
      'signature_algorithms',
      'ec_point_formats',
      'session_ticket',
      'compress_certificate',
      'application_layer_protocol_negotiation',
      'supported_groups',
      'extended_master_secret',
      'grease',
    ],
  },
}

export default hello

/** 23 identifiers of 7 bytes each: well-formed, of the captured length, and known to no server. */
function trustAnchors(): ExtensionSpec {
  const body = new Writer().vector(2, list => {
    for (let arc = 0; arc < 23; arc++)
      list.vector(1, id => id.push(DOCUMENTATION_ARC).push(Uint8Array.of(1, 1, 1, arc)))
  })
  return { type: EXTENSIONS.trust_anchors, body: body.bytes() }
}
