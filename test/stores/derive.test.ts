import { beforeAll, describe, expect, it } from 'vitest'
import { UsageError } from '../../src/errors.ts'
import { createStores } from '../../src/stores/create.ts'
import { onlyAnchors, withAnchors, withReplicas } from '../../src/stores/derive.ts'
import { loadStores } from '../../src/stores/load.ts'
import { STORE_NAMES, type Stores } from '../../src/stores/store.ts'
import { type Certificate, parseCertificate } from '../../src/x509/certificate.ts'
import type { Issued } from '../../src/x509/issue.ts'
import { makeCa } from '../helpers/certs.ts'

const ISRG_X1 = '96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6'

let stores: Stores
let ca: Issued
let certificate: Certificate
beforeAll(() => {
  stores = loadStores()
  ca = makeCa('Test Root')
  certificate = parseCertificate(ca.der)
})

describe('withReplicas', () => {
  it('puts the replica where the real root stands, and nowhere else', () => {
    const replicated = withReplicas(stores, [
      { certificate: ca.der, standsFor: ISRG_X1.toUpperCase() },
    ])
    for (const { name, versions } of stores.tables)
      for (const { version } of versions) {
        const before = stores.anchors(name, version)
        const after = replicated.anchors(name, version)
        expect(after.holds(certificate)).toBe(before.holds(real()))
        expect(after.holds(real())).toBe(false)
      }
    expect(replicated.anchors('apple', '26').rootOf(certificate)).toMatchObject({
      name: 'Test Root',
      sha256: certificate.sha256,
      builtIn: true,
    })
    expect(stores.anchors('apple', '26').holds(certificate)).toBe(false)
  })

  it('refuses to stand for a root that nobody knows', () => {
    const standsFor = '0'.repeat(64)
    expect(() => withReplicas(stores, [{ certificate: ca.der, standsFor }])).toThrow(UsageError)
  })
})

describe('withAnchors', () => {
  it('adds to every store, in every version, and marks what was added', () => {
    const more = withAnchors(stores, [ca.der])
    for (const name of STORE_NAMES) {
      const first = more.tables.find(table => table.name === name)!.versions[0]!
      for (const version of [first.version, '9999']) {
        if (!/^\d/.test(version)) continue
        const anchors = more.anchors(name, version)
        expect(anchors.holds(certificate)).toBe(true)
        expect(anchors.bySubject(certificate.subject.key).map(a => a.sha256)).toEqual([
          certificate.sha256,
        ])
        expect(anchors.rootOf(certificate)?.builtIn).toBe(false)
      }
      expect(more.anchors(name, '9999').rootOf(real())?.builtIn).toBe(true)
    }
  })
})

describe('onlyAnchors', () => {
  it('leaves nothing else', () => {
    const few = onlyAnchors(stores, [ca.der])
    expect(few.roots).toHaveLength(1)
    expect(few.anchors('apple', '26').holds(certificate)).toBe(true)
    expect(few.anchors('apple', '26').holds(real())).toBe(false)
    expect(few.versionFor('apple', '26')).toEqual(stores.versionFor('apple', '26'))
  })
})

describe('a root of which only hashes are known', () => {
  it('is trusted but not drawn', () => {
    const roots = withAnchors(stores, [ca.der]).roots.map(root =>
      root.builtIn ? root : { ...root, der: null },
    )
    const anchors = createStores({ ...stores, roots }).anchors('apple', '26')
    expect(anchors.holds(certificate)).toBe(true)
    expect(anchors.bySubject(certificate.subject.key)).toEqual([])
  })

  it('is not trusted under another name with the same key', () => {
    const other = parseCertificate(makeCa('Another Root', { key: ca.key }).der)
    expect(other.spkiSha256).toBe(certificate.spkiSha256)
    expect(withAnchors(stores, [ca.der]).anchors('apple', '26').holds(other)).toBe(false)
  })
})

function real(): Certificate {
  return parseCertificate(stores.find(ISRG_X1)[0]!.der!)
}
