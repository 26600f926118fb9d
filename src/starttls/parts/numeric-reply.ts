/** Replies that begin with three digits, of one line or of several (RFC 5321 section 4.2.1, RFC 959 section 4.2). */
import type { Talk } from '../../connect/talk.ts'
import { foreign } from '../../starttls.ts'

export interface NumericReply {
  readonly code: number
  /** Its lines as they came. */
  readonly lines: readonly string[]
}

/** @throws the talk's error where something else than digits comes */
export async function readReply(talk: Talk, title: string): Promise<NumericReply> {
  const first = await talk.line()
  const [, code, mark] = /^([1-5]\d\d)([ -]|$)/.exec(first) ?? []
  if (code === undefined) throw talk.error(foreign(title, first))
  const lines = [first]
  if (mark === '-')
    for (let line = ''; !line.startsWith(code) || line[3] === '-'; lines.push(line))
      line = await talk.line()
  return { code: Number(code), lines }
}
