/** Row 2: the host is listed, but for another API. */
import { defineProjectRule, EXAMPLE_ADDRESS, urlsWith } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'Domains are set per API: request, uploadFile, downloadFile, connectSocket, UDP and TCP each have their own list.',
    'zh-CN':
      '域名按接口设置：request、uploadFile、downloadFile、connectSocket、UDP、TCP 各有列表。',
  },
  sources: [platformDocument],
  title: { en: 'The domain is listed for another API', 'zh-CN': '域名只配置给了其他接口' },
  check: project => urlsWith('domain-listed-for-other-api', project),
  example: { ...EXAMPLE_ADDRESS, by: 'wx.uploadFile', list: 'upload', elsewhere: ['request'] },
  message: ({ address, by, list, elsewhere }) => ({
    en: `${by} uses ${address}; that host is listed for ${elsewhere.join(', ')}, not for ${list}`,
    'zh-CN': `${by} 使用了 ${address}；该主机只在 ${elsewhere.join('、')} 列表中，不在 ${list} 列表中`,
  }),
  fix: ({ list }) => ({
    text: {
      en: `Add the domain to the ${list} list too.`,
      'zh-CN': `将该域名也加入 ${list} 列表。`,
    },
  }),
})
