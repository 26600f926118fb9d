import { describe, expect, it } from 'vitest'
import { matchesEmail, matchesName, matchesWildcard } from '../../src/chain/hostname.ts'
import type { NewGeneralName } from '../../src/x509/extension-builders.ts'
import { makeLeaf, parsed } from '../helpers/certs.ts'

const withNames = (...names: NewGeneralName[]) => parsed(makeLeaf(names))

describe('a DNS name', () => {
  it.each([
    ['example.com', 'example.com'],
    ['example.com', 'EXAMPLE.com'],
    ['EXAMPLE.com', 'example.com'],
    ['example.com', 'example.com.'],
    ['*.example.com', 'foo.example.com'],
    ['*.example.com', 'xn--628h.example.com'],
    ['xn--fsq.example', '例.example'],
    ['*.xn--fsq.example', 'a.例.example'],
    ['a_b.example.com', 'a_b.example.com'],
    ['*.s3.amazonaws.com', 'bucket.s3.amazonaws.com'],
    ['localhost', 'localhost'],
  ])('%s covers %s', (pattern, host) => {
    expect(matchesName(withNames(pattern), host)).toBe(true)
  })

  it.each([
    ['example.com', 'www.example.com'],
    ['www.example.com', 'example.com'],
    ['example.com', 'example.com.evil.example'],
    ['example.com', 'notexample.com'],
    ['*.example.com', 'example.com'],
    ['*.example.com', 'a.b.example.com'],
    ['*.example.com', '.example.com'],
    ['f*.example.com', 'foo.example.com'],
    ['*o.example.com', 'foo.example.com'],
    ['foo.*.com', 'foo.example.com'],
    ['*.*.com', 'foo.example.com'],
    ['xn--*.example.com', 'xn--628h.example.com'],
    ['*', 'example'],
    ['*', 'example.com'],
    ['*.com', 'example.com'],
    ['*.', 'example.'],
    ['.example.com', 'foo.example.com'],
    ['example.com.', 'example.com'],
    ['😜.example.com', 'xn--628h.example.com'],
    ['example.com', 'example.com..'],
    ['example.com', ''],
    ['', ''],
    ['192.0.2.1', 'x192.0.2.1'],
  ])('%s does not cover %s', (pattern, host) => {
    expect(matchesName(withNames({ type: 'dns', value: pattern }), host)).toBe(false)
  })

  it('is sought among all names', () => {
    expect(matchesName(withNames('a.example', '*.b.example', 'c.example'), 'x.b.example')).toBe(
      true,
    )
  })
})

describe('an address', () => {
  it('matches iPAddress, octet for octet', () => {
    expect(matchesName(withNames('192.0.2.1'), '192.0.2.1')).toBe(true)
    expect(matchesName(withNames('192.0.2.1'), '192.0.2.2')).toBe(false)
    expect(matchesName(withNames('2001:db8::1'), '2001:0db8:0:0::1')).toBe(true)
    expect(matchesName(withNames('2001:db8::1'), '[2001:db8::1]')).toBe(true)
    expect(matchesName(withNames('::ffff:192.0.2.1'), '192.0.2.1')).toBe(false)
  })

  it('matches no dNSName and no wildcard', () => {
    expect(matchesName(withNames({ type: 'dns', value: '192.0.2.1' }), '192.0.2.1')).toBe(false)
    expect(matchesName(withNames({ type: 'dns', value: '*.0.2.1' }), '192.0.2.1')).toBe(false)
  })
})

describe('the commonName', () => {
  const bare = parsed(makeLeaf([], { subject: 'example.com', without: ['subjectAltName'] }))

  it('is ignored, but for a policy that falls back to it', () => {
    expect(matchesName(bare, 'example.com')).toBe(false)
    expect(matchesName(bare, 'example.com', 'ignored')).toBe(false)
    expect(matchesName(bare, 'example.com', 'fallback')).toBe(true)
    expect(matchesName(bare, 'www.example.com', 'fallback')).toBe(false)
  })

  it('is ignored beside a dNSName, and for addresses', () => {
    const both = parsed(makeLeaf(['other.example'], { subject: 'example.com' }))
    expect(matchesName(both, 'example.com', 'fallback')).toBe(false)
    const address = parsed(makeLeaf(['192.0.2.9'], { subject: '192.0.2.1' }))
    expect(matchesName(address, '192.0.2.1', 'fallback')).toBe(false)
  })

  it('is empty where there is none', () => {
    const nobody = parsed(makeLeaf([], { subject: {}, without: ['subjectAltName'] }))
    expect(matchesName(nobody, 'example.com', 'fallback')).toBe(false)
  })
})

describe('a mailbox', () => {
  it.each([
    ['a@example.com', 'a@EXAMPLE.com', true],
    ['a@example.com', 'A@example.com', false],
    ['*@example.com', 'a@example.com', false],
    ['a@example.com', 'a@b@example.com', false],
    ['a@example.com', 'example.com', false],
    ['"a@b"@example.com', '"a@b"@example.com', true],
  ])('%s against %s', (held, wanted, matches) => {
    expect(matchesEmail(withNames({ type: 'email', value: held }), wanted)).toBe(matches)
  })
})

describe('all names below one', () => {
  it.each([
    [['*.example.com'], '*.example.com', true],
    [['*.EXAMPLE.com'], '*.Example.COM', true],
    [['a.example', '*.xn--fsq.example'], '*.例.example', true],
    [['www.example.com', 'example.com'], '*.example.com', false],
    [['*.example.com'], '*.www.example.com', false],
    [['*.www.example.com'], '*.example.com', false],
    [['*.com'], '*.com', false],
    [['*.*.com'], '*.*.com', false],
    [['*.example.com'], '*.', false],
  ])('%j covers %s: %s', (names, wildcard, covers) => {
    expect(matchesWildcard(withNames(...names), wildcard)).toBe(covers)
  })

  it('by the commonName where that is asked, and there is no dNSName', () => {
    const subject = '*.example.com'
    const bare = parsed(makeLeaf([], { subject }))
    expect(matchesWildcard(bare, '*.example.com')).toBe(false)
    expect(matchesWildcard(bare, '*.example.com', 'fallback')).toBe(true)
    const named = parsed(makeLeaf(['a.example'], { subject }))
    expect(matchesWildcard(named, '*.example.com', 'fallback')).toBe(false)
  })
})
