/** Row 32: no name in the certificate is the host's. */

import { reissue } from '../advice.ts'
import { isWildcard } from '../chain/dns-name.ts'
import { matchesName, matchesWildcard } from '../chain/hostname.ts'
import { certificateNames } from '../facts/leaf.ts'
import { defineRule } from '../rule.ts'
import { platformDocument } from '../sources.ts'

export default defineRule({
  severity: 'error',
  rank: 11,
  statement: {
    en: 'The name of the site must be the one the certificate was issued for.',
    'zh-CN': '部署证书的站点域名必须与证书颁发的域名一致。',
  },
  sources: [platformDocument, 'RFC 9525 section 6'],
  title: { en: 'The certificate is for another name', 'zh-CN': '证书域名不匹配' },
  needs: ['leaf'],
  check({ leaf }, { target, stack }) {
    const { commonName } = stack.policy
    const { verifyName } = target
    if (verifyName === null) return []
    const named = leaf.subjectAltName !== null || commonName === 'fallback'
    const matches = isWildcard(verifyName) ? matchesWildcard : matchesName
    if (!named || matches(leaf, verifyName, commonName)) return []
    return [{ args: { host: verifyName, names: certificateNames(leaf) } }]
  },
  example: { host: 'api.example.com', names: ['www.example.com'] },
  message: ({ host, names }) => ({
    en: `the certificate is for ${names.join(', ') || 'no name at all'}, not for ${host}`,
    'zh-CN': `证书的域名为 ${names.join('、') || '（无）'}，不包含 ${host}`,
  }),
  fix: ({ host, names }) =>
    reissue({
      en: `Issue a certificate that names ${host}${hint(host, names).en}, and check which virtual host answers for it.`,
      'zh-CN': `签发包含 ${host} 的证书${hint(host, names)['zh-CN']}，并检查由哪个虚拟主机应答该域名。`,
    }),
})

/** Why the names that are there do not reach. */
function hint(host: string, names: readonly string[]): { en: string; 'zh-CN': string } {
  const covered = names.some(name => name.startsWith('*.') && host.endsWith(name.slice(1)))
  const apex = names.some(name => name === `*.${host}`)
  if (apex)
    return {
      en: ' (a wildcard does not cover the bare domain)',
      'zh-CN': '（通配符不含主域名本身）',
    }
  if (covered) return { en: ' (a wildcard covers one label)', 'zh-CN': '（通配符只覆盖一级子域）' }
  return { en: '', 'zh-CN': '' }
}
