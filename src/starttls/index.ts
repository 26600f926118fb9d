// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { Starttls } from '../starttls.ts'

export type StarttlsId =
  | 'ftp'
  | 'imap'
  | 'ldap'
  | 'mysql'
  | 'pop3'
  | 'postgres'
  | 'smtp'
  | 'xmpp'

export const starttls: Readonly<Record<StarttlsId, () => Promise<Starttls>>> = {
  'ftp': async () => (await import('./ftp.ts')).default,
  'imap': async () => (await import('./imap.ts')).default,
  'ldap': async () => (await import('./ldap.ts')).default,
  'mysql': async () => (await import('./mysql.ts')).default,
  'pop3': async () => (await import('./pop3.ts')).default,
  'postgres': async () => (await import('./postgres.ts')).default,
  'smtp': async () => (await import('./smtp.ts')).default,
  'xmpp': async () => (await import('./xmpp.ts')).default,
}
