import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex } from '../../src/bytes.ts'
import { cbcShape, openCbc, sealCbc } from '../../src/wire/cbc.ts'
import { SUITES, type SuiteName } from '../../src/wire/names.ts'
import {
  aeadShape,
  type Opener,
  open12,
  open13,
  type Sealer,
  seal12,
  seal13,
} from '../../src/wire/protection.ts'
import { suiteOf } from '../../src/wire/suite.ts'
import { ProtocolViolation } from '../../src/wire/violation.ts'

const suite = (name: SuiteName) => suiteOf(SUITES[name][0])!
const zeros = (length: number) => new Uint8Array(length)

interface Direction {
  readonly seal: Sealer
  readonly open: Opener
}

const AEADS: readonly SuiteName[] = [
  'TLS_RSA_WITH_AES_128_GCM_SHA256',
  'TLS_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_RSA_WITH_AES_128_CCM',
  'TLS_RSA_WITH_AES_256_CCM_8',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
]
const BLOCKS: readonly SuiteName[] = [
  'TLS_RSA_WITH_AES_128_CBC_SHA',
  'TLS_RSA_WITH_AES_256_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  'TLS_RSA_WITH_3DES_EDE_CBC_SHA',
  'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA',
]

function directions(): [string, () => Direction][] {
  const all: [string, () => Direction][] = []
  for (const name of AEADS) {
    const shape = aeadShape(suite(name))!
    const older = { key: zeros(shape.keyLength), iv: zeros(12 - shape.explicit) }
    const newer = { key: zeros(shape.keyLength), iv: zeros(12) }
    all.push([
      `${name}, TLS 1.2`,
      () => ({ seal: seal12(shape, older), open: open12(shape, older) }),
    ])
    all.push([
      `${name}, TLS 1.3`,
      () => ({ seal: seal13(shape, newer), open: open13(shape, newer) }),
    ])
  }
  for (const name of BLOCKS)
    for (const version of [0x0301, 0x0302, 0x0303])
      for (const encryptThenMac of [false, true]) {
        const shape = cbcShape(suite(name))!
        const keys = {
          mac: zeros(shape.macLength),
          key: new Uint8Array(shape.keyLength).map((_, i) => i),
          iv: zeros(shape.blockLength),
        }
        const mode = { version, encryptThenMac }
        all.push([
          `${name}, ${version.toString(16)}, ${encryptThenMac ? 'encrypt first' : 'MAC first'}`,
          () => ({ seal: sealCbc(shape, keys, mode, zeros), open: openCbc(shape, keys, mode) }),
        ])
      }
  return all
}

describe.each(directions())('%s', (_, make) => {
  test('opens what it sealed, in order, whatever the length', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 80 }), { minLength: 1, maxLength: 5 }),
        contents => {
          const { seal, open } = make()
          for (const content of contents) {
            const { type, fragment } = seal(22, content)
            const opened = open(type, fragment)
            expect([opened.type, toHex(opened.content)]).toEqual([22, toHex(content)])
          }
        },
      ),
      { numRuns: 20 },
    )
  })

  test('refuses a flipped bit, a cut, another type and another order', () => {
    const { seal } = make()
    const [first, second] = [seal(22, zeros(20)), seal(22, zeros(20))]
    for (let bit = 0; bit < first.fragment.length * 8; bit++) {
      const changed = first.fragment.slice()
      changed[bit >> 3]! ^= 1 << (bit & 7)
      expect(() => make().open(first.type, changed)).toThrow(ProtocolViolation)
    }
    for (let length = 0; length < first.fragment.length; length++)
      expect(() => make().open(first.type, first.fragment.subarray(0, length))).toThrow(
        ProtocolViolation,
      )
    expect(() => make().open(second.type, second.fragment)).toThrow(ProtocolViolation)
    if (first.type === 22) expect(() => make().open(21, first.fragment)).toThrow(ProtocolViolation)
  })
})

test('what we cannot compute has no shape', () => {
  const names: readonly SuiteName[] = [
    'TLS_RSA_WITH_RC4_128_SHA',
    'TLS_RSA_WITH_NULL_SHA',
    'TLS_RSA_WITH_SEED_CBC_SHA',
    'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256_OLD',
    'TLS_AEGIS_256_SHA512',
  ]
  expect(names.map(name => [aeadShape(suite(name)), cbcShape(suite(name))])).toEqual(
    names.map(() => [null, null]),
  )
})

test('records of TLS 1.3 may be padded', () => {
  const shape = aeadShape(suite('TLS_AES_128_GCM_SHA256'))!
  const keys = { key: zeros(16), iv: zeros(12) }
  // The content type stands behind the content: sealed as content of type 0, type and padding are ours.
  const { fragment } = seal13(shape, keys)(0, Uint8Array.of(7, 7, 22, 0, 0))
  expect(open13(shape, keys)(23, fragment)).toEqual({ type: 22, content: Uint8Array.of(7, 7) })
})
