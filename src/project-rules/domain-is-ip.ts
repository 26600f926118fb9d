/** Row 8: an IP address in the list, however it is written. */
import { defineProjectRule, EXAMPLE_ADDRESS, entriesWith } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'The domain name cannot use an IP address or localhost.',
    'zh-CN': '域名不能使用 IP 地址或 localhost。',
  },
  sources: [platformDocument],
  title: { en: 'The list holds an IP address', 'zh-CN': '列表中有 IP 地址' },
  check: project => entriesWith('domain-is-ip', project),
  example: { ...EXAMPLE_ADDRESS, address: 'https://203.0.113.7', isEntry: true },
  message: ({ address, list }) => ({
    en: `the ${list} list holds ${address}, which is an IP address`,
    'zh-CN': `${list} 列表中的 ${address} 是 IP 地址`,
  }),
  fix: () => ({
    text: { en: 'List the domain name of the server.', 'zh-CN': '改为服务器的域名。' },
  }),
})
