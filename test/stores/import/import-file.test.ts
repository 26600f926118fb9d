import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { concat } from '../../../src/bytes.ts'
import { MpcertError } from '../../../src/errors.ts'
import {
  decodeImport,
  encodeImport,
  importFileName,
} from '../../../src/stores/import/import-file.ts'
import type { Imported } from '../../../src/stores/import/imported.ts'
import { createIntermediates, describeIntermediate } from '../../../src/stores/intermediates.ts'
import { makeCa, makeLeaf, parsed } from '../../helpers/certs.ts'

const PROVENANCE = { source: 'https://ca.example/x', sha256: 'f'.repeat(64), date: '2027-01-10' }

let roots: Imported
let library: Imported
let logs: Imported
const [one, other] = [makeCa('One'), makeCa('Other')]
beforeAll(() => {
  const certificates = [one, other].map(parsed)
  const pool = concat(certificates.map(({ der }) => der))
  roots = {
    ...{ kind: 'roots', ...PROVENANCE, store: 'chrome', version: '40' },
    roots: [
      { sha256: parsed(one).sha256, der: one.der },
      { sha256: 'a'.repeat(64), der: null },
      { sha256: parsed(other).sha256, der: other.der },
    ],
    constraints: [{ sha256: 'a'.repeat(64), date: '2027-03-01' }],
  }
  const intermediates = createIntermediates(certificates.map(describeIntermediate), () => pool)
  library = { kind: 'intermediates', ...PROVENANCE, intermediates }
  logs = {
    ...{ kind: 'ct-logs', ...PROVENANCE, version: '62.14' },
    logs: [
      {
        ...{ id: 'b'.repeat(64), key: Uint8Array.of(1, 2), operator: 'O', name: 'N' },
        ...{ kind: 'static', state: 'usable', stateSince: 7, interval: { from: 1, until: 2 } },
      },
    ],
  }
})

describe('an import on file', () => {
  it('comes back as it went', () => {
    expect(decodeImport(encodeImport(roots), 'x')).toEqual(roots)
    expect(decodeImport(encodeImport(logs), 'x')).toEqual(logs)
    const back = decodeImport(encodeImport(library), 'x')
    if (back.kind !== 'intermediates') throw new Error(back.kind)
    expect(back).toMatchObject(PROVENANCE)
    const leaf = parsed(makeLeaf(['a.example'], { issuer: other }))
    expect(back.intermediates.issuersOf(leaf).map(({ der }) => der)).toEqual([other.der])
  })

  it('has a name of its own for each store and version', () => {
    expect([roots, library, logs].map(importFileName)).toEqual([
      'roots-chrome-40.import',
      'intermediates.import',
      'ct-logs.import',
    ])
  })

  it('says that it is damaged, wherever it was cut or changed', () => {
    const whole = encodeImport(roots)
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.boolean(), fc.nat(7), (at, isCut, bit) => {
        const file = isCut ? whole.slice(0, at) : whole.slice()
        if (!isCut) file[at] = (file[at] ?? 0) ^ (1 << bit)
        try {
          decodeImport(file, 'the-file')
          expect.unreachable()
        } catch (error) {
          if (!(error instanceof MpcertError)) throw error
          expect(error).toMatchObject({ code: 'ERR_FILE' })
          expect(error.message).toMatch(/the-file is damaged .*: delete it/)
        }
      }),
      { numRuns: 300 },
    )
  })
})
