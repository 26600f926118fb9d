/** Row 9: localhost in the list, or an address of the device itself. */
import { defineProjectRule, EXAMPLE_ADDRESS, entriesWith } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'The domain name cannot use an IP address or localhost.',
    'zh-CN': '域名不能使用 IP 地址或 localhost。',
  },
  sources: [platformDocument],
  title: { en: 'The list holds localhost', 'zh-CN': '列表中有 localhost' },
  check: project => entriesWith('domain-is-localhost', project),
  example: { ...EXAMPLE_ADDRESS, address: 'https://localhost', isEntry: true },
  message: ({ address, list }) => ({
    en: `the ${list} list holds ${address}, which is the phone itself`,
    'zh-CN': `${list} 列表中的 ${address} 即手机自身`,
  }),
  fix: () => ({
    text: { en: 'List the domain name of the server.', 'zh-CN': '改为服务器的域名。' },
  }),
})
