/** Row 4: an address of a local network, which users elsewhere cannot reach. */
import { defineProjectRule, EXAMPLE_ADDRESS, urlsWith } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'warn',
  statement: {
    en: 'By IP address, only other devices on the same local network can be reached, not the device itself.',
    'zh-CN': 'IP 地址只能用于同一局域网内的其他设备，不能是本机。',
  },
  sources: [platformDocument],
  title: { en: 'The URL is a LAN address', 'zh-CN': '网址是局域网地址' },
  check: project =>
    urlsWith('url-lan-ip', project).map(said => ({
      ...said,
      severity: said.args.list === 'udp' || said.args.list === 'tcp' ? 'info' : 'warn',
    })),
  example: { ...EXAMPLE_ADDRESS, address: 'http://192.168.1.10:3000/login' },
  message: ({ address, by }) => ({
    en: `${by ?? 'the code'} names ${address}: allowed, and reached on that local network alone`,
    'zh-CN': `${by ?? '代码'} 使用了 ${address}：允许使用，但只有同一局域网内可达`,
  }),
  fix: () => ({
    text: {
      en: 'Use a listed domain in what is released.',
      'zh-CN': '正式版本中请使用已配置的域名。',
    },
  }),
})
