/** Row 3: an address of the phone itself. */
import { defineProjectRule, EXAMPLE_ADDRESS, urlsWith } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'By IP address, only other devices on the same local network can be reached, not the device itself.',
    'zh-CN': 'IP 地址只能用于同一局域网内的其他设备，不能是本机。',
  },
  sources: [platformDocument],
  title: { en: 'The URL leads to the phone itself', 'zh-CN': '网址指向手机本机' },
  check: project => urlsWith('url-loopback', project),
  example: { ...EXAMPLE_ADDRESS, address: 'http://localhost:3000/login' },
  message: ({ address, by }) => ({
    en: `${by ?? 'the code'} names ${address}: on a phone that is the phone`,
    'zh-CN': `${by ?? '代码'} 使用了 ${address}：在手机上即手机自身`,
  }),
  fix: () => ({
    text: {
      en: 'Use the domain of the server; during development, the LAN address of the computer.',
      'zh-CN': '改用服务器域名；开发阶段可用电脑的局域网地址。',
    },
  }),
})
