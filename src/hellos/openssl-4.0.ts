/** OpenSSL 4.0: hybrids and SM2 by default. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { certificateCompressions, groups, schemes } from '../wire/names.ts'
import openssl35 from './openssl-3.5.ts'

const hello: Hello = {
  id: 'openssl-4.0',
  title: same('OpenSSL 4.0'),
  evidence: 'captured',
  sources: ['testssl.sh@9fdf8028 etc/client-simulation.txt "OpenSSL 4.0.0 (git)"'],
  date: '2026-06-25',
  doubts: [],
  spec: {
    ...openssl35.spec,
    groups: groups(
      'X25519MLKEM768',
      'SecP256r1MLKEM768',
      'curveSM2MLKEM768',
      'x25519',
      'secp256r1',
      'x448',
      'secp384r1',
      'secp521r1',
      'curveSM2',
      'ffdhe2048',
      'ffdhe3072',
    ),
    signatureSchemes: [...openssl35.spec.signatureSchemes, ...schemes('sm2sig_sm3')],
    pointFormats: [0],
    certificateCompression: certificateCompressions('zlib'),
    extensions: [
      'renegotiation_info',
      'ec_point_formats',
      'supported_groups',
      'session_ticket',
      'encrypt_then_mac',
      'extended_master_secret',
      'signature_algorithms',
      'supported_versions',
      'psk_key_exchange_modes',
      'key_share',
      'compress_certificate',
      'server_name',
    ],
  },
}

export default hello
