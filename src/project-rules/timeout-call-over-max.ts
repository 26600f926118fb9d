/** Row 15: a call asks for more than 60 s. */
import { MAX_TIMEOUT_MS } from '../miniprogram/app.ts'
import { defineProjectRule } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'warn',
  statement: {
    en: 'A timeout can be given with a call and then wins over app.json; the maximum is 60 s.',
    'zh-CN': '调用接口时可指定超时，优先于 app.json；最大为 60 秒。',
  },
  sources: [platformDocument],
  title: { en: 'The timeout of a call is over 60 s', 'zh-CN': '调用中的超时超过 60 秒' },
  check: ({ calls }) =>
    calls.flatMap(({ name, list, timeout }) =>
      timeout && timeout.ms > MAX_TIMEOUT_MS
        ? [{ args: { name, ms: timeout.ms }, place: timeout.place, lists: [list], about: name }]
        : [],
    ),
  example: { name: 'wx.request', ms: 90_000 },
  message: ({ name, ms }) => ({
    en: `${name} is given ${ms} ms; ${MAX_TIMEOUT_MS} ms is the most`,
    'zh-CN': `${name} 的超时为 ${ms} 毫秒，最大为 ${MAX_TIMEOUT_MS} 毫秒`,
  }),
  fix: () => ({
    text: { en: 'Write 60000 or less.', 'zh-CN': '改为 60000 或更小。' },
  }),
})
