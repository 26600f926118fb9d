/** The server answers the hello with a fatal alert, and what it does with others does not tell why. */
import { defineRule } from '../rule.ts'
import { same } from '../text.ts'
import { alertName } from '../wire/names.ts'

export default defineRule({
  severity: 'error',
  rank: 3,
  statement: {
    en: 'The TLS handshake must succeed; on failure the request is not sent.',
    'zh-CN': 'TLS 握手必须成功；失败时请求不会发出。',
  },
  sources: ['RFC 8446 section 6.2', 'RFC 5246 section 7.2.2'],
  title: { en: 'The server refuses this client', 'zh-CN': '服务器拒绝了该客户端' },
  needs: ['attempt', 'refusal'],
  check({ attempt, refusal }) {
    if (attempt.kind !== 'alert' || refusal !== 'other') return []
    return [{ args: { alert: alertName(attempt.description), code: attempt.description } }]
  },
  example: { alert: 'handshake_failure', code: 40 },
  message: ({ alert, code }) => ({
    en: `the server answers with the alert ${alert} (${code})`,
    'zh-CN': `服务器返回告警 ${alert}（${code}）`,
  }),
  fix: ({ alert }) => ({
    text:
      alert === 'unrecognized_name'
        ? {
            en: 'The server has no site for this name: add a virtual host (server_name) with its certificate.',
            'zh-CN': '服务器上没有该域名的站点：请添加对应的虚拟主机（server_name）及证书。',
          }
        : {
            en: "The reason stands in the server's error log at this time of day; a firewall or gateway in front of it may answer in its stead.",
            'zh-CN': '原因见服务器此刻的错误日志；也可能是前置的防火墙或网关代为拒绝。',
          },
    snippets: { nginx: same('error_log /var/log/nginx/error.log info;').en },
  }),
})
