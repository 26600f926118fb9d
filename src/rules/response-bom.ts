/** Row 25: one byte order mark, which the client takes away. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'info',
  rank: 57,
  statement: {
    en: 'One byte order mark at the start of a response is filtered by the Mini Program.',
    'zh-CN': '小程序会自动过滤返回值开头的一个 BOM 头。',
  },
  sources: [platformDocument],
  title: { en: 'The response begins with a BOM', 'zh-CN': '响应以 BOM 开头' },
  needs: ['responseText'],
  check: ({ responseText: { boms } }) => (boms === 1 ? [{ args: {} }] : []),
  example: {},
  message: () => ({
    en: 'the body begins with a byte order mark (EF BB BF): filtered here, but other clients stumble over it',
    'zh-CN': '正文以 BOM（EF BB BF）开头：小程序会过滤，其他客户端未必',
  }),
  fix: () => ({
    text: { en: 'Save the file without a BOM.', 'zh-CN': '请将文件保存为不带 BOM 的 UTF-8。' },
  }),
})
