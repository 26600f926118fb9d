/** Row 21: more than five sockets. */
import { defineProjectRule } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

const MAX_SOCKETS = 5

export default defineProjectRule({
  severity: 'info',
  statement: {
    en: 'At most 5 of wx.connectSocket are open at once.',
    'zh-CN': 'wx.connectSocket 的最大并发为 5 个。',
  },
  sources: [platformDocument],
  title: { en: 'Over 5 sockets', 'zh-CN': '超过 5 个 WebSocket 连接' },
  check: ({ calls }) => {
    const sockets = calls.filter(({ list, url }) => list === 'socket' && url !== null)
    const urls = [...new Map(sockets.map(call => [call.url, call])).values()]
    const over = urls[MAX_SOCKETS]
    return over
      ? [{ args: { count: urls.length }, place: over.place, lists: ['socket'], about: '' }]
      : []
  },
  example: { count: 6 },
  message: ({ count }) => ({
    en: `the code connects to ${count} sockets; ${MAX_SOCKETS} may be open at once`,
    'zh-CN': `代码共连接 ${count} 个 WebSocket；最多同时打开 ${MAX_SOCKETS} 个`,
  }),
  fix: () => null,
})
