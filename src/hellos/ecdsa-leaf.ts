/** Our own: takes ECDSA certificates alone. */
import type { Hello } from '../hello.ts'
import { schemeName, suiteName } from '../wire/names.ts'
import openssl111 from './openssl-1.1.1d.ts'
import rsaLeaf from './rsa-leaf.ts'

const { spec } = openssl111

const hello: Hello = {
  ...rsaLeaf,
  id: 'ecdsa-leaf',
  title: { en: 'ECDSA certificates alone', 'zh-CN': '仅接受 ECDSA 证书' },
  spec: {
    ...spec,
    // TLS 1.3's suites name no key, and the signalling one is none.
    suites: spec.suites.filter(code => !/_(?:DHE_|ECDHE_)?RSA_WITH_/.test(suiteName(code))),
    signatureSchemes: spec.signatureSchemes.filter(code => schemeName(code).startsWith('ecdsa_')),
  },
}

export default hello
