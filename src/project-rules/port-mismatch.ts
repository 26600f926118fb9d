/** Row 10: the entry has a port, and the URL has another or none; or the rule set wants entries without ports. */
import { defineProjectRule, EXAMPLE_ADDRESS, entriesWith, urlsWith } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'With a port configured, requests can only be made to exactly that host and port.',
    'zh-CN': '配置了端口时，只能请求该主机的该端口。',
  },
  sources: [platformDocument],
  title: { en: 'The port is not the listed one', 'zh-CN': '端口与列表不符' },
  check: project => [
    ...entriesWith('port-mismatch', project),
    ...urlsWith('port-mismatch', project),
  ],
  example: {
    ...EXAMPLE_ADDRESS,
    entry: 'https://api.example.com:8080',
  },
  message: ({ address, by, entry, list, isEntry }) =>
    isEntry
      ? {
          en: `the ${list} list holds ${address}: by this rule set an https entry carries no port`,
          'zh-CN': `${list} 列表中有 ${address}：按该规则集，https 域名不能带端口`,
        }
      : {
          en: `${by} uses ${address}; listed is ${entry}, and that port alone works`,
          'zh-CN': `${by} 使用了 ${address}；列表中是 ${entry}，只有该端口可用`,
        },
  fix: ({ isEntry }) => ({
    text: isEntry
      ? {
          en: 'List the domain without a port: a URL may use any.',
          'zh-CN': '列表中只写不带端口的域名：网址可使用任意端口。',
        }
      : {
          en: 'Use the listed port in the URL, or list the port that is used.',
          'zh-CN': '网址改用列表中的端口，或将所用端口加入列表。',
        },
  }),
})
