/** The server turns away who sends no name. */
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'info',
  rank: 62,
  statement: {
    en: 'A server may refuse clients that do not name the host (SNI); proxies and probes are at times among them.',
    'zh-CN': '服务器可以拒绝不发送主机名（SNI）的客户端；部分代理与探测程序属于此类。',
  },
  sources: ['RFC 6066 section 3', 'RFC 8446 section 9.2'],
  title: { en: 'Refuses clients without SNI', 'zh-CN': '拒绝不带 SNI 的客户端' },
  needs: ['server'],
  check: ({ server: { withoutName } }) =>
    withoutName?.answer === 'refused' ? [{ args: { how: withoutName.how } }] : [],
  example: { how: 'handshake_failure' },
  message: ({ how }) =>
    how === 'closed'
      ? {
          en: 'the server hangs up on a client without SNI',
          'zh-CN': '客户端不发送 SNI 时，服务器直接断开连接',
        }
      : {
          en: `the server answers a client without SNI with the alert ${how}`,
          'zh-CN': `客户端不发送 SNI 时，服务器返回告警 ${how}`,
        },
  fix: () => ({
    text: {
      en: 'All clients judged here send SNI. If health checks or proxies fail, have them send the name.',
      'zh-CN': '此处检查的客户端都会发送 SNI。若健康检查或代理因此失败，请让其发送主机名。',
    },
  }),
})
