/** Row 11: :443 is written out, and the entry has no port. */
import { defineProjectRule, EXAMPLE_ADDRESS, urlsWith } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'If no port is configured, the request URL cannot contain a port, not even the default port 443.',
    'zh-CN': '未配置端口时，请求网址不能带端口，即使是默认的 443 也不行。',
  },
  sources: [platformDocument],
  title: { en: 'The default port is written out', 'zh-CN': '写出了默认端口 443' },
  check: project => urlsWith('port-explicit-default', project),
  example: {
    ...EXAMPLE_ADDRESS,
    address: 'https://api.example.com:443/login',
    entry: 'https://api.example.com',
    port: 443,
  },
  message: ({ address, by, entry }) => ({
    en: `${by} uses ${address}; listed is ${entry}, and :443 makes it another one, though it is the default`,
    'zh-CN': `${by} 使用了 ${address}；列表中是 ${entry}，即使 443 是默认端口，写出后也不再匹配`,
  }),
  fix: () => ({
    text: { en: 'Leave :443 out of the URL.', 'zh-CN': '从网址中去掉 :443。' },
  }),
})
