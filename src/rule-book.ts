/** All rules by id: those about servers, and those about a Mini Program's folder. */
import { projectRules } from './project-rules/index.ts'
import type { RuleWords } from './rule.ts'
import { rules } from './rules/index.ts'

export type AnyRuleId = keyof typeof rules | keyof typeof projectRules

export const ruleBook: Readonly<Record<AnyRuleId, RuleWords>> = { ...rules, ...projectRules }
