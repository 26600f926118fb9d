/** Rows 20 and 21: the server turns away what a Mini Program may send at once. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'warn',
  rank: 44,
  statement: {
    en: 'A Mini Program sends up to 10 requests, and opens up to 5 sockets, at the same time.',
    'zh-CN': '小程序最多同时发起 10 个请求、建立 5 个 WebSocket 连接。',
  },
  sources: [platformDocument],
  title: { en: 'Parallel connections are limited', 'zh-CN': '并发连接受限' },
  needs: ['burst'],
  check({ burst: { of, asked, turnedAway } }) {
    if (turnedAway.length === 0) return []
    const reasons = [...new Set(turnedAway)].toSorted().join(', ')
    return [{ args: { of, asked, refused: turnedAway.length, reasons }, about: of }]
  },
  example: { of: 'requests', asked: 10, refused: 4, reasons: '503' },
  message({ of, asked, refused, reasons }) {
    const what =
      of === 'sockets'
        ? { en: 'sockets', 'zh-CN': 'WebSocket 连接' }
        : { en: 'requests', 'zh-CN': '请求' }
    return {
      en: `of ${asked} ${what.en} at once ${refused} are turned away (${reasons})`,
      'zh-CN': `同时发起 ${asked} 个${what['zh-CN']}，有 ${refused} 个被拒绝（${reasons}）`,
    }
  },
  fix: () => ({
    text: {
      en: 'Raise the limit per address: many phones share one behind a mobile network.',
      'zh-CN': '请提高单个地址的并发上限：移动网络中许多手机共用一个地址。',
    },
    snippets: {
      nginx: 'limit_conn per_ip 100;\nlimit_req zone=per_ip burst=50 nodelay;',
      apache: 'MaxRequestWorkers 400',
      iis: '<dynamicIpSecurity><denyByConcurrentRequests maxConcurrentRequests="100" /></dynamicIpSecurity>',
      tomcat: '<Connector maxThreads="200" acceptCount="100" ... />',
    },
  }),
})
