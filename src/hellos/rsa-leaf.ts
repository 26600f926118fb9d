/** Our own: takes RSA certificates alone. */
import type { Hello } from '../hello.ts'
import { schemeName, suiteName } from '../wire/names.ts'
import openssl111 from './openssl-1.1.1d.ts'

const { spec } = openssl111

const hello: Hello = {
  ...openssl111,
  id: 'rsa-leaf',
  title: { en: 'RSA certificates alone', 'zh-CN': '仅接受 RSA 证书' },
  evidence: 'described',
  sources: ['RFC 8446 section 4.2.3', 'RFC 5246 section 7.4.2'],
  doubts: [],
  spec: {
    ...spec,
    suites: spec.suites.filter(code => !suiteName(code).includes('_ECDSA_')),
    signatureSchemes: spec.signatureSchemes.filter(code => schemeName(code).startsWith('rsa_')),
  },
}

export default hello
