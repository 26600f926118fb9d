/** Row 24: the response is not UTF-8, or says so. */
import { sendUtf8 } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

const UTF8 = /^(?:utf-?8|(?:us-)?ascii)$/

export default defineRule({
  severity: 'warn',
  rank: 42,
  statement: {
    en: 'Values returned by the server should be UTF-8. The Mini Program tries to convert others and may fail.',
    'zh-CN': '服务器返回值应使用 UTF-8 编码。对非 UTF-8 的返回值，小程序会尝试转换，但可能失败。',
  },
  sources: [platformDocument],
  title: { en: 'The response is not UTF-8', 'zh-CN': '响应不是 UTF-8' },
  needs: ['responseText'],
  check({ responseText: { header, document, invalidAt } }) {
    const declared = [header, document].find(name => name !== null && !UTF8.test(name)) ?? null
    return declared !== null || invalidAt !== null ? [{ args: { declared, invalidAt } }] : []
  },
  example: { declared: 'gbk', invalidAt: 20 },
  message({ declared, invalidAt }) {
    const bytes = {
      en: invalidAt === null ? '' : `byte ${invalidAt} of the body is no UTF-8`,
      'zh-CN': invalidAt === null ? '' : `正文第 ${invalidAt} 字节不是 UTF-8`,
    }
    if (declared === null) return bytes
    const rest =
      invalidAt === null
        ? { en: '', 'zh-CN': '' }
        : { en: `; ${bytes.en}`, 'zh-CN': `；${bytes['zh-CN']}` }
    return {
      en: `the charset is declared as ${declared}${rest.en}`,
      'zh-CN': `声明的字符集是 ${declared}${rest['zh-CN']}`,
    }
  },
  fix: () =>
    sendUtf8({
      en: 'Answer in UTF-8 and declare it.',
      'zh-CN': '请以 UTF-8 返回，并如实声明。',
    }),
})
