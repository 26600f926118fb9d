/** UTCTime and GeneralizedTime as RFC 5280 §4.1.2.5 has them; what clients read all the same is noted. */
import { type DerNode, TAG } from './der.ts'
import type { Note } from './note.ts'

const FORM = /^(\d{2}|\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(\.\d+)?(Z|[+-]\d{4})$/

/** Milliseconds since the epoch, at a whole second. */
export function decodeTime(node: DerNode, note: Note): number {
  const generalized = node.tag === TAG.generalizedTime
  if (!generalized && node.tag !== TAG.utcTime) node.fail('UTCTime or GeneralizedTime expected')
  const text = Buffer.from(node.content).toString('latin1')
  const match = FORM.exec(text)
  const [, year = '', month, day, hour, minute, second, fraction, zone = ''] = match ?? []
  if (!match || year.length !== (generalized ? 4 : 2)) node.fail('time is malformed')
  if (second === undefined) note(node.error('time without seconds'))
  if (fraction !== undefined) note(node.error('time with a fraction of a second'))
  if (zone !== 'Z') note(node.error('time that is not Zulu'))
  const fullYear = generalized ? Number(year) : Number(year) + (Number(year) < 50 ? 2000 : 1900)
  if (generalized && fullYear < 2050) note(node.error('GeneralizedTime before 2050'))
  const parts = [month, day, hour, minute, second ?? '0'].map(Number)
  return calendarMs(fullYear, parts, node) - zoneMs(zone, node)
}

function calendarMs(year: number, parts: readonly number[], node: DerNode): number {
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const date = new Date(0)
  // Unlike Date.UTC this takes years below 100 as they stand.
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second)
  const real =
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hour < 24 &&
    minute < 60 &&
    second < 60
  if (!real) node.fail('no such moment in the calendar')
  return date.getTime()
}

function zoneMs(zone: string, node: DerNode): number {
  if (zone === 'Z') return 0
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(3))]
  if (hours > 23 || minutes > 59) node.fail('no such time zone')
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000
}
