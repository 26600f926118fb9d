/** OpenSSL 3.0 to 3.4. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { groups, versions } from '../wire/names.ts'
import openssl111 from './openssl-1.1.1d.ts'

const hello: Hello = {
  id: 'openssl-3.0',
  title: same('OpenSSL 3.0–3.4'),
  evidence: 'captured',
  sources: [
    'testssl.sh@9fdf8028 etc/client-simulation.txt "OpenSSL 3.0.15 (Debian)"',
    'own capture on loopback: openssl s_client 3.0.19 (Debian 12)',
  ],
  date: '2026-11-22',
  doubts: [],
  spec: {
    ...openssl111.spec,
    versions: versions('TLS 1.3', 'TLS 1.2', 'TLS 1.1', 'TLS 1.0'),
    groups: groups(
      'x25519',
      'secp256r1',
      'x448',
      'secp521r1',
      'secp384r1',
      'ffdhe2048',
      'ffdhe3072',
      'ffdhe4096',
      'ffdhe6144',
      'ffdhe8192',
    ),
  },
}

export default hello
