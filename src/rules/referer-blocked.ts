/** Row 16: the Referer that every Mini Program sends is why the server refuses. */
import { describeOutcome, isAccepted, isRefused, outcomeOf } from '../facts/visit-outcome.ts'
import { defineRule, type Emission } from '../rule.ts'
import { platformDocument } from '../sources.ts'
import { same, type Text } from '../text.ts'

interface Blocked {
  readonly referer: string
  readonly withIt: Text
  readonly without: Text
  /** The appid in it is the user's own. */
  readonly own: boolean
}

export default defineRule({
  severity: 'error',
  rank: 6,
  statement: {
    en: 'Requests of a Mini Program carry a Referer of the form https://servicewechat.com/{appid}/{version}/page-frame.html, which code cannot change: the server must not refuse for it.',
    'zh-CN':
      '小程序的请求带有固定格式的 Referer：https://servicewechat.com/{appid}/{version}/page-frame.html，代码无法修改，服务器不得因此拒绝。',
  },
  sources: [platformDocument],
  title: { en: 'The Referer is refused', 'zh-CN': 'Referer 被拒绝' },
  needs: ['referers'],
  check({ referers: { visits, own } }) {
    const bare = visits.find(({ as }) => as === 'none')
    const without = bare && outcomeOf(bare)
    if (!without || !isAccepted(without)) return []
    return visits.flatMap((visit): Emission<Blocked>[] => {
      const { as, referer } = visit
      const outcome = outcomeOf(visit)
      if (as !== 'release' || referer === null || !isRefused(outcome)) return []
      const [withIt, bareWords] = [describeOutcome(outcome), describeOutcome(without)]
      const args = { referer, withIt, without: bareWords, own }
      // A server that admits its own appid alone refuses a made-up one, and is right.
      return [own ? { args } : { args, severity: 'warn' }]
    })
  },
  example: {
    referer: 'https://servicewechat.com/wx0123456789abcdef/12/page-frame.html',
    withIt: same('403'),
    without: same('200'),
    own: true,
  },
  message({ referer, withIt, without, own }) {
    const made = own
      ? { en: '', 'zh-CN': '' }
      : {
          en: '; the appid is made up: name yours with --appid',
          'zh-CN': '；其中的 appid 是虚构的：请用 --appid 给出自己的',
        }
    return {
      en: `with the Referer ${referer}: ${withIt.en}; without: ${without.en}${made.en}`,
      'zh-CN': `带 Referer ${referer}：${withIt['zh-CN']}；不带：${without['zh-CN']}${made['zh-CN']}`,
    }
  },
  fix: () => ({
    text: {
      en: 'Admit servicewechat.com where the server or CDN checks Referers (hotlink protection).',
      'zh-CN': '请在服务器或 CDN 的防盗链（Referer 白名单）中加入 servicewechat.com。',
    },
    snippets: {
      nginx:
        'valid_referers none blocked server_names servicewechat.com;\nif ($invalid_referer) { return 403; }',
      apache:
        'SetEnvIf Referer "^https://servicewechat\\.com/" known_referer  # beside your own host\nRequire env known_referer',
      caddy:
        '@foreign {\n\theader Referer *\n\tnot header Referer https://servicewechat.com/*\n}\nrespond @foreign 403',
      iis: '<add input="{HTTP_REFERER}" pattern="^https://servicewechat\\.com/" negate="true" />',
    },
    consoles: {
      'tencent-cdn': {
        en: 'Access control > Hotlink protection: add servicewechat.com to the allowlist.',
        'zh-CN': '访问控制 > 防盗链配置：在白名单中加入 servicewechat.com。',
      },
    },
  }),
})
