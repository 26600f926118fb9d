/** Slack: an incoming webhook. */
import { type Messenger, noticeLines } from '../messenger.ts'

const messenger: Messenger = {
  title: { en: 'Slack', 'zh-CN': 'Slack' },
  hosts: ['hooks.slack.com'],
  source: 'https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks',
  compose: (notice, { locale }) => ({
    body: JSON.stringify({ text: noticeLines(notice, locale).map(escaped).join('\n') }),
  }),
  accepts: answer => answer.trim() === 'ok',
}

export default messenger

/** The three signs that begin something of Slack's. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
