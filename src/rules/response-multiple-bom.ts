/** Row 25: more byte order marks than the client takes away. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 7,
  statement: {
    en: 'Only one byte order mark is filtered: a second one stays in the data, and JSON.parse fails on it.',
    'zh-CN': '只会过滤一个 BOM 头：第二个会留在数据中，使 JSON.parse 失败。',
  },
  sources: [platformDocument],
  title: { en: 'The response begins with several BOMs', 'zh-CN': '响应以多个 BOM 开头' },
  needs: ['responseText'],
  check: ({ responseText: { boms } }) => (boms > 1 ? [{ args: { boms } }] : []),
  example: { boms: 2 },
  message: ({ boms }) => ({
    en: `the body begins with ${boms} byte order marks (EF BB BF), and only one is filtered`,
    'zh-CN': `正文以 ${boms} 个 BOM（EF BB BF）开头，只有一个会被过滤`,
  }),
  fix: () => ({
    text: {
      en: 'Save every source file of the response without a BOM: each included file (PHP, templates) may bring its own.',
      'zh-CN':
        '请将生成响应的所有源文件保存为不带 BOM 的 UTF-8：每个被包含的文件（PHP、模板）都可能带入一个。',
    },
  }),
})
