/** Row 22: a Mini Program in the background is interrupted before the answer comes. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

const BACKGROUND_MS = 5_000

export default defineRule({
  severity: 'warn',
  rank: 43,
  statement: {
    en: 'In the background a request that is not done within 5 s is ended with fail interrupted.',
    'zh-CN': '小程序进入后台后，网络请求若 5 秒内没有结束，会回调错误信息 fail interrupted。',
  },
  sources: [platformDocument],
  title: { en: 'Too slow for the background', 'zh-CN': '后台运行时来不及完成' },
  needs: ['latency'],
  check: ({ latency }) => (latency > BACKGROUND_MS ? [{ args: { latency } }] : []),
  example: { latency: 7_300 },
  message: ({ latency }) => ({
    en: `the first byte takes ${latency / 1000} s: in the background the request is interrupted after 5 s`,
    'zh-CN': `首字节耗时 ${latency / 1000} 秒：小程序在后台时请求 5 秒后即被中断`,
  }),
  fix: () => ({
    text: {
      en: 'Make the server answer sooner, and retry after fail interrupted (errno 600003).',
      'zh-CN': '请让服务器更快应答，并在 fail interrupted（errno 600003）后重试。',
    },
  }),
})
