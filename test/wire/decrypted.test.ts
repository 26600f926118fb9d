import { createPublicKey } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { testKey } from '../helpers/certs.ts'
import { flipped, pieces, QUIET } from './drive.ts'
import { type Mischief, run13 } from './fake-server.ts'

describe('decrypted messages of TLS 1.3', () => {
  // The key is given, so that a flip inside the certificate does not stop the client before the later messages.
  const key = createPublicKey(testKey('ed25519').privateKey)
  const options = { leafKey: () => key }
  const messages = [
    'serverHello',
    'encryptedExtensions',
    'certificate',
    'certificateVerify',
    'finished',
  ] as const

  test.each(messages)('every flip of one bit of %s ends in an outcome', name => {
    let bits = 8
    const kinds = new Set<string>()
    for (let bit = 0; bit < bits; bit++) {
      const change = (honest: Uint8Array) => {
        bits = honest.length * 8
        return flipped(honest, bit)
      }
      kinds.add(run13({ [name]: change }, QUIET, options).handshake.kind)
    }
    expect(kinds).toContain('violation')
    // A flip inside the certificate is none of the client's business: the chain is taken as it comes.
    expect(kinds.has('completed')).toBe(name === 'certificate' || name === 'serverHello')
  })

  test.each(messages)('every prefix of %s, its length made to fit, ends in an outcome', name => {
    let lengths = 4
    for (let length = 4; length <= lengths; length++) {
      const change = (honest: Uint8Array) => {
        lengths = honest.length
        const cut = honest.slice(0, length)
        cut.set([0, (length - 4) >> 8, (length - 4) & 0xff], 1)
        return cut
      }
      const { kind } = run13({ [name]: change }, QUIET, options).handshake
      expect(kind).toBe(length === lengths ? 'completed' : 'violation')
    }
  })

  test.each<[string, NonNullable<Mischief['split']>]>([
    ['one record for each byte', flight => pieces(flight, 1)],
    ['records of seven bytes', flight => pieces(flight, 7)],
  ])('in %s', (_, split) => {
    expect(run13({ split }, QUIET, options).handshake.kind).toBe('completed')
  })
})
