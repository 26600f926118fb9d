/** Row 27: only plain HTTP leads on. */
import { serveHttps } from '../advice.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 4,
  statement: {
    en: 'Mini Programs must use HTTPS and WSS. An http:// URL is refused on the phone: its redirect to https does not help, and neither does one from https to http.',
    'zh-CN':
      '小程序必须使用 HTTPS/WSS 发起网络请求。http:// 地址在手机上直接被拒绝：由 http 跳转到 https 无济于事，由 https 跳转到 http 同样不行。',
  },
  sources: [platformDocument],
  title: { en: 'Only plain HTTP leads on', 'zh-CN': '只有明文 HTTP 可用' },
  needs: ['plainHttp'],
  check: ({ plainHttp }) => (plainHttp ? [{ args: plainHttp }] : []),
  example: {
    from: null,
    to: 'http://api.example.com/',
    status: 301,
    location: 'https://api.example.com/',
  },
  message({ from, to, status, location }) {
    if (from !== null)
      return {
        en: `${from} redirects to ${to}: no Mini Program follows to plain HTTP`,
        'zh-CN': `${from} 跳转到 ${to}：小程序不会跟随到明文 HTTP`,
      }
    const where = location === null ? '' : ` → ${location}`
    return {
      en: `https does not answer, while ${to} does (${status}${where})`,
      'zh-CN': `https 没有应答，而 ${to} 有应答（${status}${where}）`,
    }
  },
  fix: ({ from }) =>
    from === null
      ? serveHttps({
          en: 'Serve the same over https; a redirect on port 80 is for browsers alone.',
          'zh-CN': '请以 https 提供同样的服务；80 端口上的跳转只对浏览器有用。',
        })
      : {
          text: {
            en: 'Redirect to https URLs. Behind a proxy, tell the application the outer scheme (X-Forwarded-Proto).',
            'zh-CN':
              '请跳转到 https 地址。应用位于反向代理之后时，请把外层协议告诉它（X-Forwarded-Proto）。',
          },
          snippets: {
            nginx: 'proxy_set_header X-Forwarded-Proto $scheme;',
            apache: 'RequestHeader set X-Forwarded-Proto "https"',
            tomcat:
              '<Valve className="org.apache.catalina.valves.RemoteIpValve" protocolHeader="X-Forwarded-Proto"/>',
          },
        },
})
