import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DecodeError } from '../../../src/errors.ts'
import { parseRootStore } from '../../../src/stores/import/textproto.ts'

const [A, B, C] = ['a', 'b', 'c'].map(digit => digit.repeat(64)) as [string, string, string]

const LIST = `# Chrome Root Store.
version_major: 40

# CN=A
trust_anchors {
  sha256_hex: "${A.toUpperCase()}"
  ev_policy_oids: "2.23.140.1.1"
  # a remark
  constraints: {
    sct_not_after_sec: 1731369599
    min_version: "131"
  }
  constraints: {
    max_version_exclusive: "131"
  }
}
trust_anchors {
  sha256_hex: '${B}'
  constraints { permitted_dns_names: "example" }
}
additional_certs { sha256_hex: "${C}" tls_trust_anchor: true }
additional_certs {
  sha256_hex: "${'d'.repeat(64)}"
  eutl: true
}
`

describe('parseRootStore', () => {
  it('reads the version, the anchors for servers, and the dates after which some are refused', () => {
    expect(parseRootStore(LIST)).toEqual({
      version: '40',
      anchors: [A, B, C],
      constraints: [{ sha256: A, date: '2024-11-11' }],
    })
  })

  it('takes no date from an anchor that a set without one lets pass', () => {
    const lenient = LIST.replace('max_version_exclusive: "131"', 'min_version: "140"')
    expect(parseRootStore(lenient).constraints).toEqual([])
  })

  it.each([
    ['trust_anchors { }', /no version_major/],
    ['version_major: 40\ntrust_anchors {\n eutl: true }', /textproto line 3: an anchor without/],
    [LIST.slice(0, 200), /cut off|never/],
    ['version_major: 40\n}', /line 2: a brace that closes nothing/],
    ['version_major: "40', /line 1/],
    ['version_major: 40\n"x"', /line 2: a value without a name/],
  ])('refuses %j', (text, reason) => {
    expect(() => parseRootStore(text)).toThrow(DecodeError)
    expect(() => parseRootStore(text)).toThrow(reason)
  })

  it('reads every prefix or throws a DecodeError', () => {
    fc.assert(
      fc.property(fc.nat(LIST.length), length => {
        try {
          parseRootStore(LIST.slice(0, length))
        } catch (error) {
          expect(error).toBeInstanceOf(DecodeError)
        }
      }),
    )
  })
})
