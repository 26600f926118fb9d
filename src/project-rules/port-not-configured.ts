/** Row 11: the URL has a port, and the entry has none. */
import { defineProjectRule, EXAMPLE_ADDRESS, urlsWith } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'If no port is configured, the request URL cannot contain a port, not even the default port 443.',
    'zh-CN': '未配置端口时，请求网址不能带端口，即使是默认的 443 也不行。',
  },
  sources: [platformDocument],
  title: { en: 'The port is not configured', 'zh-CN': '端口未配置' },
  check: project => urlsWith('port-not-configured', project),
  example: {
    ...EXAMPLE_ADDRESS,
    address: 'https://api.example.com:8443/login',
    entry: 'https://api.example.com',
    port: 8443,
  },
  message: ({ address, by, entry }) => ({
    en: `${by} uses ${address}; listed is ${entry}, without a port`,
    'zh-CN': `${by} 使用了 ${address}；列表中是不带端口的 ${entry}`,
  }),
  fix: ({ port }) => ({
    text: {
      en: `List the domain with port ${port}, or serve it on the default port.`,
      'zh-CN': `在列表中加入带端口 ${port} 的域名，或改用默认端口提供服务。`,
    },
  }),
})
