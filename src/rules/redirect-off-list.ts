/** A redirect leaves for a domain that the Mini Program's list does not admit. */
import { defineRule, type Emission } from '../rule.ts'
import { platformDocument } from '../sources.ts'

interface Off {
  readonly from: string
  readonly to: string
  readonly api: string
  /** The domain list is known. */
  readonly listed: boolean
}

export default defineRule({
  severity: 'error',
  rank: 5,
  statement: {
    en: 'Every domain that a request meets must be in the domain list of its API, those of redirects included.',
    'zh-CN': '请求经过的每个域名都必须在该接口的合法域名中，跳转的目标也不例外。',
  },
  sources: [platformDocument],
  title: { en: 'A redirect leaves the domain list', 'zh-CN': '跳转到合法域名之外' },
  needs: ['redirects'],
  check({ redirects }, { allowed, api }) {
    return redirects.flatMap(({ from, to }): Emission<Off>[] => {
      const about = new URL(to).origin
      const args = { from: bare(from), to: bare(to), api, listed: allowed !== null }
      if (allowed) return allowed(to, api) ? [] : [{ args, about }]
      const leaves = new URL(from).host !== new URL(to).host
      return leaves ? [{ args, about, severity: 'info' }] : []
    })
  },
  example: {
    from: 'https://api.example.com/v1',
    to: 'https://cdn.example.net/v1',
    api: 'request',
    listed: true,
  },
  message: ({ from, to, api, listed }) =>
    listed
      ? {
          en: `${from} redirects to ${to}, which the ${api} list does not admit`,
          'zh-CN': `${from} 跳转到 ${to}，后者不在 ${api} 合法域名中`,
        }
      : {
          en: `${from} redirects to ${to}: that domain must be in the list as well`,
          'zh-CN': `${from} 跳转到 ${to}：该域名也须加入合法域名`,
        },
  fix: ({ to }) => {
    const { host } = new URL(to)
    return {
      text: {
        en: `Add ${host} to the list in the console, or use the final URL at once; check that host as well: mpcert check ${host}`,
        'zh-CN': `请在后台把 ${host} 加入合法域名，或直接使用最终地址；该主机也需检查：mpcert check ${host}`,
      },
    }
  },
})

/** Queries may hold what nobody else should see. */
function bare(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}
