// What a password locks: PKCS#12 old and new, and keys in every form that OpenSSL writes.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DecodeError } from '../../src/errors.ts'
import { readContainer } from '../../src/x509/container.ts'
import { integer, octetString, oid, sequence } from '../../src/x509/der-writer.ts'
import { isPkcs12, openPkcs12 } from '../../src/x509/pkcs12.ts'
import { publicHalf } from '../../src/x509/private-key.ts'
import { parsed } from '../helpers/certs.ts'

const folder = fileURLToPath(new URL('locked/', import.meta.url))
const read = (file: string) => new Uint8Array(readFileSync(folder + file))
const open = async (file: string, password = 'secret') => openPkcs12(read(file), password)

describe.each([
  ['new.p12', 2],
  ['old.p12', 1],
  ['nss.p12', 1],
])('%s', (file, count) => {
  it('gives its certificates octet for octet, and the key that belongs to the first', async () => {
    const entries = (await open(file)) ?? []
    const certificates = entries.filter(({ kind }) => kind === 'certificate').map(parsed)
    expect(certificates).toHaveLength(count)
    expect(certificates[0]?.subject.commonName).toBe('locked.example')
    const [key] = entries.filter(({ kind }) => kind === 'private-key')
    expect(key && publicHalf(key, null)).toEqual(certificates[0]?.publicKey.spki)
  })

  it.each(['', 'Secret', 'secret '])('does not open with %j', async password => {
    expect(await open(file, password)).toBeNull()
  })

  it('is told from other DER, and named where certificates are wanted', () => {
    expect(isPkcs12(read(file))).toBe(true)
    expect(() => readContainer(read(file))).toThrow(/PKCS#12: a password is needed/)
  })

  it('ends in entries, a wrong password or a DecodeError, whatever is cut off or flipped', async () => {
    const whole = read(file)
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, flip, cut) => {
          const bytes = cut ? whole.slice(0, at) : whole.slice()
          if (!cut) bytes[at] = (bytes[at] ?? 0) ^ flip
          try {
            await openPkcs12(bytes, 'secret')
          } catch (error) {
            expect(error).toBeInstanceOf(DecodeError)
          }
        },
      ),
      // NSS derives its keys in 600,000 rounds.
      { numRuns: file === 'nss.p12' ? 8 : 60 },
    )
  })
})

describe.each(readdirSync(folder).filter(file => /\.(?:pem|der)$/.test(file)))('%s', file => {
  const [entry] = readContainer(read(file))
  if (!entry) throw new Error(`${file} is empty`)

  it('opens with its password alone', async () => {
    expect(entry.kind).toBe('encrypted-private-key')
    const [certificate] = ((await open('old.p12')) ?? []).filter(
      ({ kind }) => kind === 'certificate',
    )
    expect(publicHalf(entry, 'secret')).toEqual(certificate && parsed(certificate).publicKey.spki)
    expect(publicHalf(entry, 'Secret')).toBeNull()
    expect(publicHalf(entry, null)).toBeNull()
  })
})

describe('a key derivation that would take hours', () => {
  const rounds = 2 ** 31 - 1
  const derivation = sequence(
    oid('1.2.840.113549.1.5.12'),
    sequence(octetString(new Uint8Array(8)), integer(rounds)),
  )
  const cipher = sequence(oid('2.16.840.1.101.3.4.1.42'), octetString(new Uint8Array(16)))
  const algorithm = sequence(oid('1.2.840.113549.1.5.13'), sequence(derivation, cipher))
  const der = sequence(algorithm, octetString(new Uint8Array(32)))

  it('is refused unasked', () => {
    const [entry] = readContainer(der)
    expect(() => entry && publicHalf(entry, 'secret')).toThrow(/rounds of key derivation/)
  })
})
