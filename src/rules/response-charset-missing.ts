/** Row 24: nothing says in which charset the text is. */
import { sendUtf8 } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'info',
  rank: 56,
  statement: {
    en: 'Responses should be UTF-8, and say so: a client that must guess may guess wrong.',
    'zh-CN': '返回值应使用 UTF-8 编码并注明：靠客户端猜测可能出错。',
  },
  sources: [platformDocument, 'RFC 9110 section 8.3'],
  title: { en: 'The charset is not declared', 'zh-CN': '未声明字符集' },
  needs: ['responseText'],
  check({ responseText: { contentType, isJson, header, document, boms } }) {
    if (isJson || header !== null || document !== null || boms > 0) return []
    return [{ args: { contentType } }]
  },
  example: { contentType: 'text/html' },
  message: ({ contentType }) =>
    contentType === null
      ? { en: 'the response has no Content-Type', 'zh-CN': '响应没有 Content-Type' }
      : {
          en: `Content-Type is ${contentType}, without a charset`,
          'zh-CN': `Content-Type 为 ${contentType}，没有 charset`,
        },
  fix: () =>
    sendUtf8({
      en: 'Add charset=utf-8 to the Content-Type.',
      'zh-CN': '请在 Content-Type 中加上 charset=utf-8。',
    }),
})
