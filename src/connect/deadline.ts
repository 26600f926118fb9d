/** A promise with an end: what takes longer is an `ERR_TIMEOUT`. */
import { MpcertError, type Phase } from '../errors.ts'
import { afterSilence } from '../silence.ts'
import type { Text } from '../text.ts'

export interface Deadline {
  readonly phase: Phase
  readonly text: Text
}

/** Settles as `work` does, or rejects with `ERR_TIMEOUT` after `timeoutMs`; `work` itself is not stopped. */
export async function withDeadline<T>(
  work: Promise<T>,
  timeoutMs: number,
  { phase, text }: Deadline,
): Promise<T> {
  let callOff = () => {}
  const late = new Promise<never>((_, reject) => {
    callOff = afterSilence(timeoutMs, () => reject(new MpcertError('ERR_TIMEOUT', text, { phase })))
  })
  try {
    return await Promise.race([work, late])
  } finally {
    callOff()
  }
}
