/** Row 26: the status says failure, and success() is called all the same. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'info',
  rank: 55,
  statement: {
    en: 'The success callback is called for every answer, whatever its status code.',
    'zh-CN': '只要收到服务器返回，无论 statusCode 是多少，都会进入 success 回调。',
  },
  sources: [platformDocument],
  title: { en: 'The status code says failure', 'zh-CN': '状态码表示失败' },
  needs: ['answer'],
  check: ({ answer: { status, url } }) => (status >= 400 ? [{ args: { status, url } }] : []),
  example: { status: 404, url: 'https://api.example.com/' },
  message: ({ status, url }) => ({
    en: `${url} answers ${status}; success() is called all the same`,
    'zh-CN': `${url} 返回 ${status}；仍会进入 success 回调`,
  }),
  fix: () => ({
    text: {
      en: 'Look at res.statusCode in success(), or name a path that answers with 200.',
      'zh-CN': '请在 success 回调中检查 res.statusCode，或改为检查会返回 200 的路径。',
    },
  }),
})
