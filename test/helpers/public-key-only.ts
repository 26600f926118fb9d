/** RSA keys of any size, made at once: nobody has their private halves, and a certificate needs none. */
import { randomBytes } from 'node:crypto'
import { bitString, element, integer, oid, sequence } from '../../src/x509/der-writer.ts'
import { ALGORITHM_OID } from '../../src/x509/oids.ts'
import type { SigningKey } from '../../src/x509/signing-key.ts'
import { testKey } from './certs.ts'

/** What it signs does not verify with it. */
export function publicRsaKey(bits: number, exponentBits: number): SigningKey {
  const keyBits = sequence(randomOdd(bits), randomOdd(exponentBits))
  const spki = sequence(sequence(oid(ALGORITHM_OID.rsa), element(5)), bitString(keyBits))
  return { ...testKey('rsa-2048'), spki, keyBits }
}

function randomOdd(bits: number): Uint8Array {
  const octets = new Uint8Array(randomBytes(bits / 8))
  octets[0] = (octets[0] ?? 0) | 0x80
  octets[octets.length - 1] = (octets.at(-1) ?? 0) | 1
  return integer(Uint8Array.of(0, ...octets))
}
