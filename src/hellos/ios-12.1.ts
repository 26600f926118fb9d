/** iOS 12.0 and 12.1, the last without TLS 1.3. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { suites } from '../wire/names.ts'
import ios11 from './ios-11.ts'
import ios122 from './ios-12.2.ts'

const hello: Hello = {
  id: 'ios-12.1',
  title: same('iOS 12.0–12.1'),
  evidence: 'described',
  sources: ['utls@ab377759 u_parrots.go HelloIOS_12_1'],
  date: '2025-07-21',
  doubts: [
    {
      en: 'Written down from a mimic of the client; no raw bytes were seen.',
      'zh-CN': '依据模拟该客户端的代码记录，未见原始字节。',
    },
    {
      en: 'That it accepts TLS 1.0 and 1.1 is taken from its neighbours.',
      'zh-CN': '接受 TLS 1.0 与 1.1 系按前后版本推定。',
    },
  ],
  spec: {
    ...ios11.spec,
    suites: [
      ...ios11.spec.suites,
      ...suites(
        'TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA',
        'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
        'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
      ),
    ],
    signatureSchemes: ios122.spec.signatureSchemes,
  },
}

export default hello
