/** Row 14: the answer takes longer than the Mini Program waits, or nearly. */
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

/** From this part of the timeout on there is little left for a slow phone network. */
const TIGHT = 0.5

export default defineRule({
  severity: 'error',
  rank: 8,
  statement: {
    en: 'Default and maximum timeout are 60 s; app.json or the call may set less. Name lookup, TCP, TLS and the wait for the first byte must fit in.',
    'zh-CN':
      '超时默认且最大为 60 秒，可在 app.json 或调用时设得更短。域名解析、TCP、TLS 与首字节等待须在此之内完成。',
  },
  sources: [platformDocument],
  title: { en: 'The answer takes too long for the timeout', 'zh-CN': '响应时间超过或接近超时' },
  needs: ['latency'],
  check({ latency }, { timeoutMs }) {
    if (latency < timeoutMs * TIGHT) return []
    const isOver = latency >= timeoutMs
    return [{ args: { latency, timeoutMs, isOver }, severity: isOver ? 'error' : 'warn' }]
  },
  example: { latency: 12_400, timeoutMs: 10_000, isOver: true },
  message({ latency, timeoutMs, isOver }) {
    const [took, limit] = [latency / 1000, timeoutMs / 1000]
    return isOver
      ? {
          en: `no first byte within ${limit} s, the timeout (waited ${took} s)`,
          'zh-CN': `超时 ${limit} 秒内没有收到首字节（已等待 ${took} 秒）`,
        }
      : {
          en: `the first byte comes after ${took} s, and the timeout is ${limit} s`,
          'zh-CN': `首字节在 ${took} 秒后到达，而超时为 ${limit} 秒`,
        }
  },
  fix: () => ({
    text: {
      en: 'Make the server answer sooner; long work belongs in a job that the Mini Program asks for later. The timeout cannot exceed 60 s.',
      'zh-CN':
        '请让服务器更快应答；耗时的工作应放入后台任务，由小程序稍后查询结果。超时不能超过 60 秒。',
    },
  }),
})
