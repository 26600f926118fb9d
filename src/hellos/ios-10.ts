/** iOS 10: RC4 is gone. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { schemes, suites } from '../wire/names.ts'
import ios9 from './ios-9.ts'

const hello: Hello = {
  id: 'ios-10',
  title: same('iOS 10'),
  evidence: 'captured',
  sources: ['testssl.sh@9fdf8028 etc/client-simulation.txt "Safari 10 iOS 10"'],
  date: '2026-06-25',
  doubts: [
    {
      en: 'Where the renegotiation signal stands among the suites is that of its library; the record names only the suites.',
      'zh-CN': '重协商信号在套件列表中的位置取自其 TLS 库；记录中只列出套件。',
    },
  ],
  spec: {
    ...ios9.spec,
    suites: suites(
      'TLS_EMPTY_RENEGOTIATION_INFO_SCSV',
      'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
      'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
      'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
      'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA',
      'TLS_RSA_WITH_AES_256_GCM_SHA384',
      'TLS_RSA_WITH_AES_128_GCM_SHA256',
      'TLS_RSA_WITH_AES_256_CBC_SHA256',
      'TLS_RSA_WITH_AES_128_CBC_SHA256',
      'TLS_RSA_WITH_AES_256_CBC_SHA',
      'TLS_RSA_WITH_AES_128_CBC_SHA',
      'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
    ),
    signatureSchemes: schemes(
      'rsa_pkcs1_sha256',
      'rsa_pkcs1_sha1',
      'rsa_pkcs1_sha384',
      'rsa_pkcs1_sha512',
      'ecdsa_secp256r1_sha256',
      'ecdsa_sha1',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
    ),
    extensions: [...ios9.spec.extensions, 'extended_master_secret'],
  },
}

export default hello
