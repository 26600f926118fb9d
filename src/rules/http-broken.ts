/** TLS stands, and then no answer comes that a Mini Program could use. */
import { redirectTarget } from '../facts/web.ts'
import type { HttpVisit } from '../observation/web.ts'
import { defineRule } from '../rule.ts'
import type { Text } from '../text.ts'

type How = 'closed' | 'not-http' | 'cut' | 'loop' | 'bad-location'

const HOW: Readonly<Record<How, Text>> = {
  closed: {
    en: 'the connection is closed without an answer',
    'zh-CN': '没有应答，连接即被关闭',
  },
  'not-http': { en: 'what comes back is no HTTP', 'zh-CN': '返回的不是 HTTP' },
  cut: { en: 'the connection ends before the body does', 'zh-CN': '响应正文未传完，连接即中断' },
  loop: { en: 'the redirects do not come to an end', 'zh-CN': '跳转没有尽头' },
  'bad-location': {
    en: 'the redirect leads to what is no URL',
    'zh-CN': '跳转的目标不是网址',
  },
}

export default defineRule({
  severity: 'error',
  rank: 3,
  statement: {
    en: 'After the TLS handshake the server must answer the request with a whole HTTP response.',
    'zh-CN': 'TLS 握手之后，服务器必须以完整的 HTTP 响应应答请求。',
  },
  sources: ['RFC 9112 sections 2, 6.3 and 8', 'RFC 9110 section 15.4'],
  title: { en: 'No whole HTTP answer', 'zh-CN': '没有完整的 HTTP 应答' },
  needs: ['visit'],
  check({ visit }) {
    const how = howItBroke(visit)
    return how ? [{ args: { ...how, url: visit.hops.at(-1)?.url ?? '' } }] : []
  },
  example: { how: 'closed', detail: 'ECONNRESET', url: 'https://api.example.com/' },
  message({ how, detail, url }) {
    const more = detail === '' ? '' : ` (${detail})`
    return {
      en: `${url}: ${HOW[how].en}${more}`,
      'zh-CN': `${url}：${HOW[how]['zh-CN']}${more}`,
    }
  },
  fix: ({ how }) => ({
    text:
      how === 'loop' || how === 'bad-location'
        ? {
            en: 'Answer at this URL, or redirect once to the one that answers.',
            'zh-CN': '请在该地址直接应答，或只跳转一次到能应答的地址。',
          }
        : {
            en: "Look in the server's error log, and at what stands before it: a firewall (WAF) that drops requests, or a proxy whose backend is down, ends connections this way.",
            'zh-CN':
              '请查看服务器错误日志及其前端：拦截请求的防火墙（WAF）、后端已停止的反向代理都会这样断开连接。',
          },
  }),
})

function howItBroke({ hops }: HttpVisit): { readonly how: How; readonly detail: string } | null {
  const result = hops.at(-1)?.result
  if (result?.kind === 'broken' && result.how !== 'silent')
    return { how: result.how, detail: result.detail }
  if (result?.kind !== 'answered') return null
  const to = redirectTarget(result)
  if (to !== null && !URL.canParse(to)) return { how: 'bad-location', detail: to }
  // An https URL that is not followed has been met before, or is one too many.
  if (to !== null && /^https:/i.test(to)) return { how: 'loop', detail: `${result.status} → ${to}` }
  return result.body.end === 'cut' ? { how: 'cut', detail: `${result.body.bytes}` } : null
}
