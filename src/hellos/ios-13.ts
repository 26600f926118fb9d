/** iOS 13. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { suites } from '../wire/names.ts'
import ios122 from './ios-12.2.ts'

const hello: Hello = {
  id: 'ios-13',
  title: same('iOS 13'),
  evidence: 'described',
  sources: ['utls@ab377759 u_parrots.go HelloIOS_13'],
  date: '2025-07-21',
  doubts: [
    {
      en: 'Written down from a mimic of the client; no raw bytes were seen.',
      'zh-CN': '依据模拟该客户端的代码记录，未见原始字节。',
    },
  ],
  spec: {
    ...ios122.spec,
    suites: [
      ...suites('TLS_AES_128_GCM_SHA256', 'TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256'),
      ...ios122.spec.suites.slice(3),
    ],
    alpn: ['h2', 'http/1.1'],
    extensions: ios122.spec.extensions.filter(name => name !== 'next_protocol_negotiation'),
  },
}

export default hello
