// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { Report } from '../report.ts'

export type ReportId =
  | 'csv'
  | 'html'
  | 'json'
  | 'jsonl'
  | 'junit'
  | 'markdown'
  | 'nagios'
  | 'prometheus'
  | 'sarif'
  | 'text'

export const reports: Readonly<Record<ReportId, () => Promise<Report>>> = {
  'csv': async () => (await import('./csv.ts')).default,
  'html': async () => (await import('./html.ts')).default,
  'json': async () => (await import('./json.ts')).default,
  'jsonl': async () => (await import('./jsonl.ts')).default,
  'junit': async () => (await import('./junit.ts')).default,
  'markdown': async () => (await import('./markdown.ts')).default,
  'nagios': async () => (await import('./nagios.ts')).default,
  'prometheus': async () => (await import('./prometheus.ts')).default,
  'sarif': async () => (await import('./sarif.ts')).default,
  'text': async () => (await import('./text.ts')).default,
}
