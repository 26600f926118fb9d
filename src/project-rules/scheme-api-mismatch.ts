/** Row 7: tcp:// and udp:// belong to their own APIs. */
import { defineProjectRule, EXAMPLE_ADDRESS, entriesWith, urlsWith } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'The domain also supports the tcp and udp protocols, each with its own API.',
    'zh-CN': '域名也支持 tcp 与 udp 协议，各自对应自己的接口。',
  },
  sources: [platformDocument],
  title: { en: 'The protocol belongs to another API', 'zh-CN': '协议与接口不符' },
  check: project => [
    ...entriesWith('scheme-api-mismatch', project),
    ...urlsWith('scheme-api-mismatch', project),
  ],
  example: { ...EXAMPLE_ADDRESS, address: 'tcp://api.example.com:9000' },
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
      en: 'Use tcp:// with wx.createTCPSocket, udp:// with wx.createUDPSocket, and neither with anything else.',
      'zh-CN': 'tcp:// 只用于 wx.createTCPSocket，udp:// 只用于 wx.createUDPSocket。',
    },
  }),
})
