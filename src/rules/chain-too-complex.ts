/** Row 30: the chain is so tangled that the search for a path was given up. */
import { serveFullChain } from '../advice.ts'
import { pathErrorText } from '../chain/path-error.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 14,
  statement: { en: 'The certificate must be valid.', 'zh-CN': 'HTTPS 证书必须有效。' },
  sources: [platformDocument, 'RFC 4158 section 2.4.2'],
  title: { en: 'The chain is too complex', 'zh-CN': '证书链过于复杂' },
  needs: ['trust'],
  check: ({ trust: { error } }) =>
    error?.code === 'LIMIT' ? [{ args: { text: pathErrorText(error) } }] : [],
  example: {
    text: {
      en: 'Example CA: more than 100 signatures to check',
      'zh-CN': 'Example CA: 需要校验的签名超过 100 个',
    },
  },
  message: ({ text }) => text,
  fix: () =>
    serveFullChain({
      en: 'Send the leaf and the one or two intermediates above it, nothing else.',
      'zh-CN': '只发送站点证书及其上的一两张中间证书。',
    }),
})
