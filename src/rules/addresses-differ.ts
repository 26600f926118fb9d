/** The addresses of the name do not behave alike. */
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'warn',
  rank: 41,
  statement: {
    en: 'All addresses of a name should serve the same: which one a phone takes is chance.',
    'zh-CN': '同一域名的所有地址应提供相同的服务：手机使用哪一个是随机的。',
  },
  sources: ['RFC 8305 section 5'],
  title: { en: 'The addresses differ', 'zh-CN': '各地址表现不一致' },
  needs: ['nodes'],
  check({ nodes }) {
    return nodes.flatMap(({ address: { ip }, differs }) => {
      if (differs === 'verdict') return [{ args: { ip, certificate: false } }]
      if (differs === 'certificate')
        return [{ args: { ip, certificate: true }, severity: 'info' as const }]
      return []
    })
  },
  example: { ip: '203.0.113.7', certificate: false },
  message: ({ ip, certificate }) =>
    certificate
      ? {
          en: `${ip} shows another certificate; the verdicts are alike`,
          'zh-CN': `${ip} 使用不同的证书；检查结论一致`,
        }
      : {
          en: `${ip} is judged otherwise than the first address that answers`,
          'zh-CN': `${ip} 的检查结论与首个可用地址不同`,
        },
  fix: ({ ip }) => ({
    text: {
      en: `See what the node at ${ip} serves: mpcert check with --connect-to, and reload it after each renewal.`,
      'zh-CN': `查看 ${ip} 上的节点：用 --connect-to 单独检查，并在每次续期后重载。`,
    },
  }),
})
