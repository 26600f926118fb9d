/** Row 30: a rule written into a CA certificate forbids this path. */
import { reissue } from '../advice.ts'
import { type ChainCode, pathErrorText } from '../chain/path-error.ts'
import { defineRule } from '../rule.ts'
import { platformDocument, rfc5280 } from '../sources.ts'

const CODES: readonly ChainCode[] = [
  'NOT_CA',
  'PATHLEN',
  'NAME_CONSTRAINT',
  'EKU',
  'KEY_USAGE',
  'CRITICAL_EXT',
  'PROFILE',
]

export default defineRule({
  severity: 'error',
  rank: 14,
  statement: {
    en: 'The certificate must be valid: what its CAs are allowed to issue is kept to.',
    'zh-CN': '证书必须有效：符合各级 CA 的签发限制。',
  },
  sources: [platformDocument, rfc5280('6.1')],
  title: { en: 'A CA may not issue this', 'zh-CN': '违反 CA 的签发限制' },
  needs: ['faults'],
  uses: ['trust'],
  check({ trust, faults }) {
    const ofLeaf = faults.filter(({ code }) => code === 'CRITICAL_EXT')
    const ofPath = trust?.error && CODES.includes(trust.error.code) ? [trust.error] : []
    return [...ofPath, ...ofLeaf].map(error => ({
      args: { code: error.code, text: pathErrorText(error) },
    }))
  },
  example: {
    code: 'NAME_CONSTRAINT',
    text: {
      en: 'Example CA: does not permit the name api.example.com below it',
      'zh-CN': 'Example CA: 不允许其下级证书使用名称 api.example.com',
    },
  },
  message: ({ text }) => text,
  fix: () =>
    reissue({
      en: 'Have the certificate issued by a CA that may issue for this name and purpose.',
      'zh-CN': '由有权为该域名与用途签发的 CA 重新签发证书。',
    }),
})
