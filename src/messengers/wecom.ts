/** WeCom (企业微信): the webhook of a group robot. */
import { answersZero, type Messenger, noticeLines } from '../messenger.ts'

const messenger: Messenger = {
  title: { en: 'WeCom', 'zh-CN': '企业微信' },
  hosts: ['qyapi.weixin.qq.com'],
  source: 'https://developer.work.weixin.qq.com/document/path/91770',
  compose: (notice, { locale }) => ({
    body: JSON.stringify({
      msgtype: 'text',
      text: { content: noticeLines(notice, locale).join('\n') },
    }),
  }),
  accepts: answersZero('errcode'),
}

export default messenger
