/** Beside the document: an ICP filing is demanded, and nobody can look it up from here. */
import { LIST_NAMES } from '../miniprogram/list.ts'
import { ruleSets } from '../miniprogram/rule-set.ts'
import { defineProjectRule } from '../project-rule.ts'

export default defineProjectRule({
  severity: 'info',
  statement: {
    en: 'The domain name must have an ICP filing (rule set weixin).',
    'zh-CN': '域名必须经过 ICP 备案（规则集 weixin）。',
  },
  sources: [ruleSets.weixin.source],
  title: { en: 'ICP filings cannot be checked from here', 'zh-CN': '无法从此处核实 ICP 备案' },
  check: ({ ruleSet, domains }) => {
    const hosts = new Set(LIST_NAMES.flatMap(name => domains[name] ?? []).map(({ host }) => host))
    if (!ruleSet.icp || hosts.size === 0) return []
    return [{ args: { count: hosts.size }, place: null, lists: [], about: '' }]
  },
  example: { count: 3 },
  message: ({ count }) => ({
    en: `${count} listed ${count === 1 ? 'host needs' : 'hosts need'} an ICP filing, which only the registry can confirm`,
    'zh-CN': `列表中的 ${count} 个主机须完成 ICP 备案，只能在备案系统中核实`,
  }),
  fix: () => null,
})
