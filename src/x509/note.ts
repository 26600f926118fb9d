/** Faults that do not end the reading: departures from DER or the profile that some client gets along with. */
import { DecodeError } from '../errors.ts'

/** Takes note of a fault; the reading goes on. */
export type Note = (fault: DecodeError) => void

/** What `decode` gives; null, with its fault noted, where it fails. */
export function attempt<T>(note: Note, decode: () => T): T | null {
  try {
    return decode()
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    note(error)
    return null
  }
}
