/** Any service that takes JSON; a secret signs the body as GitHub's webhooks do. */
import { createHmac } from 'node:crypto'
import { type Messenger, noticeLines } from '../messenger.ts'

const messenger: Messenger = {
  title: { en: 'JSON', 'zh-CN': 'JSON' },
  hosts: [],
  source: 'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries',
  compose(notice, { locale, secret, at }) {
    const body = JSON.stringify({
      tool: 'mpcert',
      sentAt: new Date(at).toISOString(),
      text: noticeLines(notice, locale).join('\n'),
      changes: notice.changes.map(({ problems, ...change }) => ({
        ...change,
        problems: problems.map(({ id, severity, title }) => ({
          id,
          severity,
          title: title[locale],
        })),
      })),
    })
    if (secret === null) return { body }
    const signature = createHmac('sha256', secret).update(body).digest('hex')
    return { body, headers: { 'x-mpcert-signature-256': `sha256=${signature}` } }
  },
  accepts: () => true,
}

export default messenger
