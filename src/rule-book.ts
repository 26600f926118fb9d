/** All rules by id: those about servers, those about a Mini Program's folder, and one about what the user ignores. */
import ignoreExpired from './ignore-expired.ts'
import { projectRules } from './project-rules/index.ts'
import type { RuleWords } from './rule.ts'
import { rules } from './rules/index.ts'

export type AnyRuleId = keyof typeof rules | keyof typeof projectRules | 'ignore-expired'

export const ruleBook: Readonly<Record<AnyRuleId, RuleWords>> = {
  ...rules,
  ...projectRules,
  'ignore-expired': ignoreExpired,
}
