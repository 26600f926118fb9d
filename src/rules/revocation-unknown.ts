/** Responders and CRLs were asked, and none could tell whether a certificate has been revoked. */
import { troubleText } from '../chain/status.ts'
import { certificateLabel } from '../facts/leaf.ts'
import { defineRule } from '../rule.ts'
import { rfc5280 } from '../sources.ts'
import { join } from '../text.ts'

export default defineRule({
  severity: 'info',
  rank: 60,
  statement: {
    en: "Where revocation is asked for, the CA's responder or list should tell. A certificate that names neither is fine.",
    'zh-CN':
      '查询吊销状态时，CA 的 OCSP 服务器或吊销列表应能给出答案。两者均未注明的证书没有问题。',
  },
  sources: ['RFC 6960 section 3.2', rfc5280('6.3.3')],
  title: { en: 'Revocation could not be checked', 'zh-CN': '无法确认吊销状态' },
  needs: ['revocation'],
  check: ({ revocation: { certificates } }) =>
    certificates.flatMap(({ certificate, role, heard }) => {
      const asked = heard.flatMap(({ url, status }) =>
        status.state === 'unknown' && url !== null ? [{ url, trouble: status.trouble }] : [],
      )
      if (asked.length === 0 || heard.some(({ status }) => status.state !== 'unknown')) return []
      const args = { name: certificateLabel(certificate), asked }
      return [{ args, about: role === 'leaf' ? role : certificate.subject.text }]
    }),
  example: {
    name: 'api.example.com',
    asked: [
      {
        url: 'http://ocsp.example.com/',
        trouble: { code: 'status', detail: { en: '503', 'zh-CN': '503' } },
      },
    ],
  },
  message: ({ name, asked }) => {
    const said = asked.map(({ url, trouble }) => {
      const { en, 'zh-CN': zh } = troubleText(trouble)
      return { en: `${url}: ${en}`, 'zh-CN': `${url}：${zh}` }
    })
    const { en } = join(said, '; ')
    const { 'zh-CN': zh } = join(said, '；')
    return {
      en: `nobody could tell whether ${name} has been revoked. ${en}`,
      'zh-CN': `无法得知 ${name} 是否已被吊销。${zh}`,
    }
  },
  fix: () => null,
})
