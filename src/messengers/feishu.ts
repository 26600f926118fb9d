/** Feishu (飞书) and Lark: the webhook of a custom bot; a secret signs the body. */
import { createHmac } from 'node:crypto'
import { answersZero, type Messenger, noticeLines } from '../messenger.ts'

const messenger: Messenger = {
  title: { en: 'Feishu', 'zh-CN': '飞书' },
  hosts: ['open.feishu.cn', 'open.larksuite.com'],
  source: 'https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot',
  compose(notice, { locale, secret, at }) {
    const content = { text: noticeLines(notice, locale).join('\n') }
    const message = { msg_type: 'text', content }
    if (secret === null) return { body: JSON.stringify(message) }
    const timestamp = String(Math.floor(at / 1000))
    // The key is what others would sign, and what is signed is empty.
    const sign = createHmac('sha256', `${timestamp}\n${secret}`).digest('base64')
    return { body: JSON.stringify({ timestamp, sign, ...message }) }
  },
  accepts: answersZero('code', 'StatusCode'),
}

export default messenger
