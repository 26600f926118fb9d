/** Row 18: the answer depends on the version that the Referer names. */
import { describeOutcome, outcomeOf } from '../facts/visit-outcome.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'
import { same } from '../text.ts'

export default defineRule({
  severity: 'warn',
  rank: 41,
  statement: {
    en: 'In the Referer, version 0 is a development, trial or review version, devtools the DevTools, and anything else a release. A server that tells them apart treats testers, reviewers and users differently.',
    'zh-CN':
      'Referer 中的版本号为 0 表示开发版、体验版或审核版，devtools 表示开发者工具，其余为正式版。服务器若区别对待，测试、审核与正式用户得到的结果就会不同。',
  },
  sources: [platformDocument],
  title: { en: 'The answer depends on the version', 'zh-CN': '响应随版本而变' },
  needs: ['referers'],
  check({ referers: { visits } }) {
    const [release, trial, devtools] = (['release', 'trial', 'devtools'] as const).map(kind =>
      visits.find(({ as }) => as === kind),
    )
    if (!release || !trial || !devtools) return []
    const outcomes = [release, trial, devtools].map(outcomeOf)
    // What differs from one moment to the next says nothing of versions.
    if (
      outcomes.some(
        ({ status, broken }) => status === 429 || (status ?? 0) >= 500 || broken === 'silent',
      )
    )
      return []
    const [a, b, c] = outcomes.map(describeOutcome)
    if (!a || !b || !c || (a.en === b.en && b.en === c.en)) return []
    return [{ args: { release: a, trial: b, devtools: c } }]
  },
  example: { release: same('403'), trial: same('200'), devtools: same('200') },
  message: ({ release, trial, devtools }) => ({
    en: `release: ${release.en}; version 0 (development, trial, review): ${trial.en}; DevTools: ${devtools.en}`,
    'zh-CN': `正式版：${release['zh-CN']}；版本 0（开发、体验、审核）：${trial['zh-CN']}；开发者工具：${devtools['zh-CN']}`,
  }),
  fix: () => ({
    text: {
      en: 'Do not let the answer depend on the version in the Referer; tell test systems apart by host name.',
      'zh-CN': '不要依据 Referer 中的版本号改变响应；请用不同的域名区分测试环境。',
    },
  }),
})
