// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { Report } from '../report.ts'

export type ReportId =
  | 'csv'
  | 'json'
  | 'text'

export const reports: Readonly<Record<ReportId, () => Promise<Report>>> = {
  'csv': async () => (await import('./csv.ts')).default,
  'json': async () => (await import('./json.ts')).default,
  'text': async () => (await import('./text.ts')).default,
}
