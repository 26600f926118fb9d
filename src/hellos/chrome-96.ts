/** Chrome 96 and 97, the last with TLS 1.0 and 1.1. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { versions } from '../wire/names.ts'
import chrome101 from './chrome-101.ts'

const hello: Hello = {
  id: 'chrome-96',
  title: same('Chrome 96–97'),
  evidence: 'described',
  sources: ['utls@ab377759 u_parrots.go HelloChrome_96'],
  date: '2025-07-21',
  doubts: [
    {
      en: 'Written down from a mimic of the client; no raw bytes were seen.',
      'zh-CN': '依据模拟该客户端的代码记录，未见原始字节。',
    },
  ],
  spec: {
    ...chrome101.spec,
    versions: versions('TLS 1.3', 'TLS 1.2', 'TLS 1.1', 'TLS 1.0'),
  },
}

export default hello
