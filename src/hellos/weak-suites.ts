/** Our own: offers nothing but suites that no client should be given, the worst first. */
import type { Hello } from '../hello.ts'
import { SUITES, versions } from '../wire/names.ts'
import { isWeak, type Suite, suiteOf } from '../wire/suite.ts'
import tls12 from './tls-1.2.ts'

/** Key exchanges that a web server may have; the others need secrets shared beforehand. */
const USUAL: ReadonlySet<string> = new Set(['RSA', 'DH', 'DHE', 'ECDH', 'ECDHE'])

/** Those whose names show it: to take all names apart would hold up every start. */
const weak = Object.entries(SUITES)
  .filter(([name]) => /NULL|DES|RC[24]|FORTEZZA|EXPORT|anon/.test(name))
  .flatMap(([, [code]]) => suiteOf(code) ?? [])
  .filter(suite => isWeak(suite) && USUAL.has(suite.keyExchange) && suite.since < 0x0304)

const hello: Hello = {
  ...tls12,
  id: 'weak-suites',
  title: { en: 'weak suites alone', 'zh-CN': '仅提供弱套件' },
  sources: ['RFC 9325 section 4.1', 'RFC 7465', 'RFC 8429 section 5'],
  spec: {
    ...tls12.spec,
    versions: versions('TLS 1.2', 'TLS 1.1', 'TLS 1.0'),
    suites: [
      ...weak.toSorted((a, b) => strength(a) - strength(b)).map(({ code }) => code),
      SUITES.TLS_EMPTY_RENEGOTIATION_INFO_SCSV[0],
    ],
  },
  aside: 'weak-suites',
}

export default hello

/** Anybody can pose as an anonymous server: that weighs as much as no encryption. */
function strength({ bits, authentication, cipher }: Suite): number {
  return authentication === 'anon' ? 0 : cipher.startsWith('RC4') ? Math.min(bits, 80) : bits
}
