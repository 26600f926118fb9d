/** Row 26: a handler takes any answer for a good one. */
import { defineProjectRule } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'info',
  statement: {
    en: 'The success callback is triggered by any answer of the server, whatever its statusCode.',
    'zh-CN': '只要收到服务器返回，无论 statusCode 是多少都会进入 success 回调。',
  },
  sources: [platformDocument],
  title: { en: 'The status code is not looked at', 'zh-CN': '没有检查状态码' },
  check: ({ calls }) =>
    calls.flatMap(({ name, list, statusIgnored }) =>
      statusIgnored ? [{ args: { name }, place: statusIgnored, lists: [list], about: name }] : [],
    ),
  example: { name: 'wx.request' },
  message: ({ name }) => ({
    en: `the handler of ${name} never reads statusCode: a 404 or 500 looks like success`,
    'zh-CN': `${name} 的回调没有读取 statusCode：404、500 也会被当作成功`,
  }),
  fix: () => ({
    text: {
      en: 'Read statusCode before the data.',
      'zh-CN': '使用数据之前先判断 statusCode。',
    },
  }),
})
