/** Row 1: a URL whose host stands in no list. */
import { defineProjectRule, EXAMPLE_ADDRESS, urlsWith } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'A Mini Program can only communicate with the domain names set in advance.',
    'zh-CN': '小程序只能与事先设置的域名通信。',
  },
  sources: [platformDocument],
  title: { en: 'The domain is not in the list', 'zh-CN': '域名不在合法域名列表中' },
  check: project => urlsWith('domain-not-listed', project),
  example: EXAMPLE_ADDRESS,
  message: ({ address, by, list }) =>
    by
      ? {
          en: `${by} uses ${address}, and the ${list} list does not hold that host`,
          'zh-CN': `${by} 使用了 ${address}，其主机不在 ${list} 列表中`,
        }
      : {
          en: `${address} is in the code, and no list holds that host; what uses it is not certain`,
          'zh-CN': `代码中出现 ${address}，其主机不在任何列表中；无法确定由哪个接口使用`,
        },
  fix: ({ list }) => ({
    text: {
      en: `Add the domain to the ${list} list in the console (Development Settings, Server Domain Name) and to the configuration of mpcert, or mend the URL.`,
      'zh-CN': `在管理后台“开发设置 - 服务器域名”的 ${list} 列表与 mpcert 配置中加入该域名，或修正网址。`,
    },
  }),
})
