/** Row 13: app.json asks for more than 60 s. */
import { MAX_TIMEOUT_MS } from '../miniprogram/app.ts'
import { defineProjectRule } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'warn',
  statement: {
    en: 'The default timeout and the maximum timeout are both 60 s; it can be configured in app.json.',
    'zh-CN': '默认超时与最大超时均为 60 秒，可在 app.json 中配置。',
  },
  sources: [platformDocument],
  title: { en: 'The timeout is over 60 s', 'zh-CN': '超时超过 60 秒' },
  check: ({ timeouts }) =>
    timeouts
      .filter(({ known, ms }) => known && ms !== null && ms > MAX_TIMEOUT_MS)
      .map(({ key, ms, place }) => ({ args: { key, ms: ms ?? 0 }, place, lists: [], about: key })),
  example: { key: 'request', ms: 90_000 },
  message: ({ key, ms }) => ({
    en: `networkTimeout.${key} is ${ms} ms; ${MAX_TIMEOUT_MS} ms is the most`,
    'zh-CN': `networkTimeout.${key} 为 ${ms} 毫秒，最大为 ${MAX_TIMEOUT_MS} 毫秒`,
  }),
  fix: () => ({
    text: { en: 'Write 60000 or less.', 'zh-CN': '改为 60000 或更小。' },
  }),
})
