/** The index of roots by subject: a short hash, so that no certificate is decoded before a path asks for it. */
import { createHash } from 'node:crypto'

/** The first 64 bits of the SHA-256 of a `Name.key`, hexadecimal. */
export function subjectHash(nameKey: string): string {
  return createHash('sha256').update(nameKey).digest('hex').slice(0, 16)
}
