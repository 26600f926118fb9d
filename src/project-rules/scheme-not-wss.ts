/** Row 6: a socket over anything but wss. */
import { defineProjectRule, EXAMPLE_ADDRESS, entriesWith, urlsWith } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'The domain supports the wss protocol (wx.connectSocket).',
    'zh-CN': '域名支持 wss 协议（wx.connectSocket）。',
  },
  sources: [platformDocument],
  title: { en: 'Not wss', 'zh-CN': '不是 wss' },
  check: project => [
    ...entriesWith('scheme-not-wss', project),
    ...urlsWith('scheme-not-wss', project),
  ],
  example: {
    ...EXAMPLE_ADDRESS,
    address: 'ws://api.example.com/live',
    by: 'wx.connectSocket',
    list: 'socket',
  },
  message: ({ address, by, list, isEntry }) =>
    isEntry
      ? {
          en: `the ${list} list holds ${address}`,
          'zh-CN': `${list} 列表中有 ${address}`,
        }
      : {
          en: `${by ?? 'the code'} uses ${address}`,
          'zh-CN': `${by ?? '代码'} 使用了 ${address}`,
        },
  fix: () => ({
    text: {
      en: 'Write wss:// and let the server speak TLS on that port.',
      'zh-CN': '改为 wss://，并在该端口启用 TLS。',
    },
  }),
})
