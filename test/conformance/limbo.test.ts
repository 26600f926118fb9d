import { describe, expect, it } from 'vitest'
import { type VerifyInput, verifyChain } from '../../src/chain/verify-chain.ts'
import { AN_END_MS } from '../helpers/patience.ts'
import { readLimbo } from './limbo.ts'

const cases = readLimbo()
type Choice = Pick<VerifyInput, 'profile' | 'commonName'>

/** The cases whose outcome is not the expected one, by what was said instead. */
function left(choose: (id: string) => Choice): Record<string, string> {
  const differing = cases.flatMap(({ id, ok, input }): [string, string][] => {
    const started = performance.now()
    const result = verifyChain({ ...input, ...choose(id) })
    expect(performance.now() - started, id).toBeLessThan(AN_END_MS)
    return result.ok === ok ? [] : [[id, result.error?.code ?? 'accepted']]
  })
  return Object.fromEntries(differing)
}

/** The Baseline Requirements (§7.1.4.3) have CAs keep to this; a client that asks it breaks sound chains, see below. */
const COMMON_NAME_IS_NO_ALTERNATIVE_NAME = {
  'webpki::cn::ipv4-hex-mismatch': 'accepted',
  'webpki::cn::ipv4-leading-zeros-mismatch': 'accepted',
  'webpki::cn::utf8-vs-punycode-mismatch': 'accepted',
  'webpki::cn::case-mismatch': 'accepted',
}

/** A profile for each case: the suite wants some chains judged by RFC 5280 alone, and others as the web does. */
const fitting = (id: string) => (/^(?:webpki|online)::/.test(id) ? 'webpki' : 'rfc5280')

describe('x509-limbo', () => {
  it('has cases to accept and cases to refuse', () => {
    expect(cases.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(27)
    expect(cases.filter(({ ok }) => !ok).length).toBeGreaterThanOrEqual(70)
  })

  it('each in its profile: what is left are common names, which no client reads', () => {
    expect(left(id => ({ profile: fitting(id) }))).toEqual(COMMON_NAME_IS_NO_ALTERNATIVE_NAME)
  })

  it('all as the web does: a CA certificate may be a leaf for RFC 5280, not for the web', () => {
    expect(left(() => ({ profile: 'webpki' }))).toEqual({
      ...COMMON_NAME_IS_NO_ALTERNATIVE_NAME,
      'rfc5280::ca-as-leaf': 'EKU',
    })
  })

  it('with common names held to the alternative names: chains with a common name of old are refused', () => {
    expect(left(id => ({ profile: fitting(id), commonName: 'br' }))).toEqual({
      'rfc5280::ca-as-leaf': 'PROFILE',
      'rfc5280::nc::permitted-ipv6-match': 'PROFILE',
      'webpki::nc::nc-permits-dns-san-pattern': 'PROFILE',
    })
  })

  it('all by RFC 5280 alone: what the Baseline Requirements add is not asked', () => {
    expect(left(() => ({ profile: 'rfc5280' }))).toEqual({
      ...COMMON_NAME_IS_NO_ALTERNATIVE_NAME,
      // The form of a root's key identifiers and extended key usage.
      'webpki::aki::root-with-aki-missing-keyidentifier': 'accepted',
      'webpki::aki::root-with-aki-authoritycertserialnumber': 'accepted',
      'webpki::aki::root-with-aki-ski-mismatch': 'accepted',
      'webpki::eku::root-has-eku': 'accepted',
      // Key sizes and curves.
      'webpki::forbidden-p192-root': 'accepted',
      'webpki::forbidden-weak-rsa-key-in-root': 'accepted',
      'webpki::forbidden-weak-rsa-in-leaf': 'accepted',
      'webpki::forbidden-rsa-not-divisible-by-8-in-root': 'accepted',
      // A CA certificate in place of a leaf.
      'webpki::ee-basicconstraints-ca': 'accepted',
    })
  })
})
