/** iOS 9 under App Transport Security. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { suites, VERSIONS, versions } from '../wire/names.ts'
import ios9 from './ios-9.ts'

const hello: Hello = {
  id: 'ios-9-ats',
  title: same('iOS 9 (ATS)'),
  evidence: 'captured',
  sources: ['testssl.sh@9fdf8028 etc/client-simulation.txt "Apple ATS 9 iOS 9"'],
  date: '2026-06-25',
  doubts: [
    {
      en: 'Where the renegotiation signal stands among the suites is that of its library; the record names only the suites.',
      'zh-CN': '重协商信号在套件列表中的位置取自其 TLS 库；记录中只列出套件。',
    },
  ],
  spec: {
    ...ios9.spec,
    recordVersion: VERSIONS['TLS 1.2'],
    versions: versions('TLS 1.2'),
    suites: suites(
      'TLS_EMPTY_RENEGOTIATION_INFO_SCSV',
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
    ),
  },
}

export default hello
