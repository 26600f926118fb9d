/** Row 13: a timeout that is no positive integer, or a key nobody reads. */
import { TIMEOUT_KEYS } from '../miniprogram/app.ts'
import { defineProjectRule } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'The default timeout and the maximum timeout are both 60 s; it can be configured in app.json.',
    'zh-CN': '默认超时与最大超时均为 60 秒，可在 app.json 中配置。',
  },
  sources: [platformDocument],
  title: { en: 'The timeout is not valid', 'zh-CN': '超时配置无效' },
  check: ({ timeouts }) =>
    timeouts
      .filter(({ known, ms }) => !known || ms === null)
      .map(({ key, value, known, place }) => ({
        args: { key, value, known },
        place,
        lists: [],
        about: key,
      })),
  example: { key: 'request', value: '"10s"', known: true },
  message: ({ key, value, known }) =>
    known
      ? {
          en: `networkTimeout.${key} is ${value}, not a positive whole number of milliseconds`,
          'zh-CN': `networkTimeout.${key} 为 ${value}，不是正整数毫秒`,
        }
      : {
          en: `networkTimeout has no key ${key}; there are ${TIMEOUT_KEYS.join(', ')}`,
          'zh-CN': `networkTimeout 没有 ${key} 这个键；可用的是 ${TIMEOUT_KEYS.join('、')}`,
        },
  fix: () => ({
    text: {
      en: 'Write whole milliseconds from 1 to 60000, without quotes.',
      'zh-CN': '写 1 到 60000 的整数毫秒，不加引号。',
    },
  }),
})
