/** iOS 26, the first with a post-quantum key share. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { groups, suites, versions } from '../wire/names.ts'
import ios184 from './ios-18.4.ts'

const hello: Hello = {
  id: 'ios-26.4',
  title: same('iOS 26'),
  evidence: 'captured',
  sources: ['testssl.sh@9fdf8028 etc/client-simulation.txt "Safari 26.4 (iOS+iPadOS 26.4)"'],
  date: '2026-06-25',
  doubts: [
    {
      en: 'Captured on 26.4; that 26.0 sends the same is inferred.',
      'zh-CN': '抓自 26.4；26.0 与之相同系推断。',
    },
  ],
  spec: {
    ...ios184.spec,
    versions: versions('TLS 1.3', 'TLS 1.2'),
    suites: [
      ...suites('TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'),
      ...ios184.spec.suites.slice(3),
    ],
    groups: groups('X25519MLKEM768', 'x25519', 'secp256r1', 'secp384r1', 'secp521r1'),
    keyShares: groups('X25519MLKEM768', 'x25519'),
    extensions: ios184.spec.extensions.filter(name => name !== 'padding'),
  },
}

export default hello
