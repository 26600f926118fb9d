/** Row 17: the code sets a Referer, which has no effect. */
import { defineProjectRule } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'warn',
  statement: {
    en: 'The referer header cannot be set: it is always https://servicewechat.com/{appid}/{version}/page-frame.html.',
    'zh-CN':
      '网络请求的 referer 不可设置，格式固定为 https://servicewechat.com/{appid}/{version}/page-frame.html。',
  },
  sources: [platformDocument],
  title: { en: 'The code sets a Referer', 'zh-CN': '代码设置了 Referer' },
  check: ({ calls }) =>
    calls.flatMap(({ name, list, referer }) =>
      referer ? [{ args: { name }, place: referer, lists: [list], about: name }] : [],
    ),
  example: { name: 'wx.request' },
  message: ({ name }) => ({
    en: `${name} is given a referer header; the client sends its own`,
    'zh-CN': `${name} 设置了 referer 请求头；客户端只会发送固定的值`,
  }),
  fix: () => ({
    text: {
      en: 'Remove it; what the server needs to know goes into a header of your own.',
      'zh-CN': '请删除；需要传给服务器的信息请放入自定义请求头。',
    },
  }),
})
