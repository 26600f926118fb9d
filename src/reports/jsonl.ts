/** JSON Lines: a target a line as it finishes, and a last line that sums up. */
import type { Report } from '../report.ts'
import { jsonText } from './json/text.ts'
import { closingJson, targetJson } from './json.ts'

const report: Report = {
  title: { en: 'JSON Lines, a target a line', 'zh-CN': 'JSON Lines，每个目标一行' },
  begin: (run, { locale }) => ({
    head: '',
    target: target => line({ type: 'target', ...targetJson(target, locale) }),
    end: totals => line({ type: 'summary', ...closingJson(run, totals) }),
  }),
}

export default report

function line(value: unknown): string {
  return `${jsonText(value)}\n`
}
