/** The one rule about the user's own list of what to ignore: an entry with an end date holds no longer than that. */
import type { RuleWords } from './rule.ts'

interface Args {
  /** The rule that was ignored. */
  readonly rule: string
  readonly until: string
  /** Where the entry stands. */
  readonly where: string
  readonly reason: string | null
}

const rule: RuleWords<Args> = {
  severity: 'error',
  statement: {
    en: 'What is ignored until a day is looked at again after it.',
    'zh-CN': '设有截止日期的忽略项，到期后须重新审视。',
  },
  sources: [],
  title: { en: 'An ignore has ended', 'zh-CN': '忽略项已到期' },
  example: {
    rule: 'cert-expiring',
    until: '2026-09-30',
    where: 'mpcert.config.json: ignore[0]',
    reason: 'Is replaced in September',
  },
  message({ rule: ignored, until, where, reason }) {
    const why = reason === null ? { en: '', zh: '' } : { en: ` (${reason})`, zh: `（${reason}）` }
    return {
      en: `${where} ignored ${ignored} until ${until}${why.en}: it holds no longer`,
      'zh-CN': `${where} 对 ${ignored} 的忽略截止到 ${until}${why.zh}，现已失效`,
    }
  },
  fix: () => ({
    text: {
      en: 'Mend what was ignored and delete the entry, or give it a new day.',
      'zh-CN': '修复被忽略的问题并删除该项，或为它设定新的日期。',
    },
  }),
}

export default rule
