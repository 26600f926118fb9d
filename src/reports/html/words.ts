/** The words of the HTML report that no other report has. */
import type { Text } from '../../text.ts'

export const HTML_WORDS = {
  title: { en: 'TLS for a Mini Program', 'zh-CN': '小程序 TLS 检查报告' },
  language: { en: 'Language', 'zh-CN': '语言' },
  overview: { en: 'Overview', 'zh-CN': '总览' },
  target: { en: 'Target', 'zh-CN': '目标' },
  status: { en: 'Status', 'zh-CN': '结果' },
  eachPlatform: { en: 'Each platform', 'zh-CN': '逐个平台' },
  timeline: { en: 'Lifetimes', 'zh-CN': '有效期' },
  judged: { en: 'day that was judged', 'zh-CN': '判定日期' },
  evidence: { en: 'Evidence', 'zh-CN': '依据' },
  certificates: { en: 'Certificates', 'zh-CN': '证书' },
  names: { en: 'Names', 'zh-CN': '域名' },
  issuer: { en: 'Issuer', 'zh-CN': '颁发者' },
  serial: { en: 'Serial number', 'zh-CN': '序列号' },
  stores: { en: 'Root stores', 'zh-CN': '根证书库' },
  version: { en: 'Version', 'zh-CN': '版本' },
  date: { en: 'Date', 'zh-CN': '日期' },
  verified: { en: 'Verified', 'zh-CN': '核对日期' },
  ruleSet: { en: 'rule set', 'zh-CN': '规则版本' },
  borrowed: {
    en: 'judged with a borrowed ClientHello: nobody has captured one of this client',
    'zh-CN': '使用借用的 ClientHello 判定：尚无该客户端自身的抓包',
  },
  remark: { en: 'note', 'zh-CN': '提示' },
  nothing: { en: 'Nothing was found.', 'zh-CN': '未发现问题。' },
} as const satisfies Record<string, Text>
