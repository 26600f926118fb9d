// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { Messenger } from '../messenger.ts'

export type MessengerId =
  | 'dingtalk'
  | 'feishu'
  | 'generic'
  | 'slack'
  | 'wecom'

export const messengers: Readonly<Record<MessengerId, () => Promise<Messenger>>> = {
  'dingtalk': async () => (await import('./dingtalk.ts')).default,
  'feishu': async () => (await import('./feishu.ts')).default,
  'generic': async () => (await import('./generic.ts')).default,
  'slack': async () => (await import('./slack.ts')).default,
  'wecom': async () => (await import('./wecom.ts')).default,
}
