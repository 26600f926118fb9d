/** DingTalk (钉钉): the webhook of a custom robot; a secret signs the URL. */
import { createHmac } from 'node:crypto'
import { answersZero, type Messenger, noticeLines } from '../messenger.ts'

const messenger: Messenger = {
  title: { en: 'DingTalk', 'zh-CN': '钉钉' },
  hosts: ['oapi.dingtalk.com'],
  source: 'https://open.dingtalk.com/document/orgapp/customize-robot-security-settings',
  compose(notice, { locale, secret, at }) {
    const body = JSON.stringify({
      msgtype: 'text',
      text: { content: noticeLines(notice, locale).join('\n') },
    })
    if (secret === null) return { body }
    const sign = createHmac('sha256', secret).update(`${at}\n${secret}`).digest('base64')
    return { body, query: { timestamp: String(at), sign } }
  },
  accepts: answersZero('errcode'),
}

export default messenger
