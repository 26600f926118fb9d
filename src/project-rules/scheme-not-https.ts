/** Row 5: request, upload and download over anything but https. */
import { defineProjectRule, EXAMPLE_ADDRESS, entriesWith, urlsWith } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'The domain supports the https protocol (wx.request, wx.uploadFile, wx.downloadFile).',
    'zh-CN': '域名支持 https 协议（wx.request、wx.uploadFile、wx.downloadFile）。',
  },
  sources: [platformDocument],
  title: { en: 'Not https', 'zh-CN': '不是 https' },
  check: project => [
    ...entriesWith('scheme-not-https', project),
    ...urlsWith('scheme-not-https', project),
  ],
  example: { ...EXAMPLE_ADDRESS, address: 'http://api.example.com/login' },
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
      en: 'Write https:// and let the server speak TLS on that port.',
      'zh-CN': '改为 https://，并在该端口启用 TLS。',
    },
  }),
})
