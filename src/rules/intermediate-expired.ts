/** Row 33: a path exists, but for a certificate above the leaf that is out of date. */
import { serveFullChain } from '../advice.ts'
import { pathErrorText } from '../chain/path-error.ts'
import { defineRule } from '../rule.ts'
import { platformDocument, rfc5280 } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 13,
  statement: {
    en: 'The certificate must not have expired: intermediates of the path used included.',
    'zh-CN': '证书不得过期：包括所用路径上的中间证书。',
  },
  sources: [platformDocument, rfc5280('6.1.3')],
  title: { en: 'An intermediate is out of date', 'zh-CN': '中间证书不在有效期内' },
  needs: ['trust'],
  check({ trust: { error } }) {
    if (error?.code !== 'EXPIRED' && error?.code !== 'NOT_YET_VALID') return []
    return [{ args: { text: pathErrorText(error) } }]
  },
  example: {
    text: {
      en: 'Example CA: expired on 2026-11-01 00:00:00Z',
      'zh-CN': 'Example CA: 已于 2026-11-01 00:00:00Z 过期',
    },
  },
  message: ({ text }) => text,
  fix: () =>
    serveFullChain({
      en: "Replace the chain file by the CA's current one; the leaf itself may stay.",
      'zh-CN': '换用 CA 当前的证书链文件；站点证书本身可以不变。',
    }),
})
