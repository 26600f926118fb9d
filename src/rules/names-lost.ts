/** Row 32: names that work today would stop to work. */
import { reissue } from '../advice.ts'
import { certificateNames } from '../facts/leaf.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'warn',
  rank: 40,
  statement: {
    en: 'The name of the site must be the one the certificate was issued for: also of every site that shares it.',
    'zh-CN': '部署证书的站点域名必须与证书颁发的域名一致：共用该证书的每个站点都是如此。',
  },
  sources: [platformDocument, 'RFC 9525 section 6'],
  title: { en: 'Names of the certificate in use are gone', 'zh-CN': '缺少线上证书中的域名' },
  needs: ['leaf', 'live'],
  check({ leaf, live }) {
    const names = new Set(certificateNames(leaf).map(name => name.toLowerCase()))
    const lost = certificateNames(live.leaf).filter(name => !names.has(name.toLowerCase()))
    return lost.length > 0 ? [{ args: { lost } }] : []
  },
  example: { lost: ['www.example.com'] },
  message: ({ lost }) => ({
    en: `the certificate in use also names ${lost.join(', ')}`,
    'zh-CN': `线上证书还包含 ${lost.join('、')}`,
  }),
  fix: ({ lost }) =>
    reissue({
      en: `Issue a certificate that names ${lost.join(', ')} too, unless no site needs it any more.`,
      'zh-CN': `签发时同时包含 ${lost.join('、')}，除非已无站点使用。`,
    }),
})
