/** Beside the document: the API of WeChat itself may not be listed. */
import { ruleSets } from '../miniprogram/rule-set.ts'
import { defineProjectRule, EXAMPLE_ADDRESS, entriesWith } from '../project-rule.ts'

export default defineProjectRule({
  severity: 'error',
  statement: {
    en: 'For security, api.weixin.qq.com cannot be configured as a server domain name (rule set weixin).',
    'zh-CN': '出于安全考虑，api.weixin.qq.com 不能被配置为服务器域名（规则集 weixin）。',
  },
  sources: [ruleSets.weixin.source],
  title: { en: 'The list holds api.weixin.qq.com', 'zh-CN': '列表中有 api.weixin.qq.com' },
  check: project => entriesWith('api-weixin-listed', project),
  example: { ...EXAMPLE_ADDRESS, address: 'https://api.weixin.qq.com', isEntry: true },
  message: ({ address, list }) => ({
    en: `the ${list} list holds ${address}, which may not be listed`,
    'zh-CN': `${list} 列表中有 ${address}，该域名不允许配置`,
  }),
  fix: () => ({
    text: {
      en: 'Call it from your own server, where the AppSecret is safe.',
      'zh-CN': '改由自己的服务器调用，AppSecret 也应只保存在服务器上。',
    },
  }),
})
