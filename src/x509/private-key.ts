/** Private keys on file. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { DecodeError } from '../errors.ts'
import type { ContainerEntry } from './container.ts'
import { readDer, TAG } from './der.ts'
import { requireModestRounds } from './pbe.ts'

/** SubjectPublicKeyInfo, DER; null where the password is wrong, or one is needed. Throws a DecodeError. */
export function publicHalf(entry: ContainerEntry, password: string | null): Uint8Array | null {
  return openedBy(entry, password, key => {
    return new Uint8Array(createPublicKey(key).export({ type: 'spki', format: 'der' }))
  })
}

/** The key itself, PEM without a password; null and errors as above. */
export function wholeKey(entry: ContainerEntry, password: string | null): string | null {
  return openedBy(entry, password, key => key.export({ type: 'pkcs8', format: 'pem' }).toString())
}

function openedBy<T>(
  entry: ContainerEntry,
  password: string | null,
  use: (key: KeyObject) => T,
): T | null {
  const isLocked = entry.kind === 'encrypted-private-key'
  if (isLocked && password === null) return null
  // Old PEM has its parameters in headers, and one round.
  if (isLocked && entry.label === 'ENCRYPTED PRIVATE KEY')
    requireModestRounds(readDer(entry.der, 'key', TAG.sequence).children().next('algorithm'))
  try {
    return use(isLocked ? unlock(entry, password ?? '') : read(entry))
  } catch (cause) {
    if (isLocked && WRONG_PASSWORD.test(String(cause))) return null
    throw new DecodeError(`the key cannot be read (${lastWord(cause)})`, 'key', 0)
  }
}

const WRONG_PASSWORD = /bad.?decrypt|maybe wrong password|bad password|pkcs12.*cipherfinal/i

function unlock({ pem, der }: ContainerEntry, passphrase: string): KeyObject {
  if (pem !== null) return createPrivateKey({ key: pem, passphrase })
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8', passphrase })
}

/** DER alone does not say which of three forms it has. */
function read({ pem, der }: ContainerEntry): KeyObject {
  if (pem !== null) return createPrivateKey(pem)
  const key = Buffer.from(der)
  for (const type of ['pkcs1', 'sec1'] as const)
    try {
      return createPrivateKey({ key, format: 'der', type })
    } catch {
      // Another form, then.
    }
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' })
}

/** OpenSSL's last word, without its numbers. */
function lastWord(cause: unknown): string {
  const words = String(cause instanceof Error ? cause.message : cause).split(':')
  return words.at(-1)?.trim() ?? ''
}
