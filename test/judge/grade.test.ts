import { describe, expect, it } from 'vitest'
import { cellVerdict, gradeOf, worstVerdict } from '../../src/grade.ts'
import type { Finding, Outcome, Severity } from '../../src/rule.ts'

const text = { en: '', 'zh-CN': '' }
const finding = (severity: Severity): Finding => ({
  rule: 'some-rule',
  severity,
  about: '',
  breaksSoon: false,
  message: text,
  fix: null,
  evidence: null,
})
const found = (...severities: Severity[]): Outcome => ({
  rule: 'some-rule',
  severity: 'error',
  state: 'found',
  findings: severities.map(finding),
})
const unknown = (severity: Severity): Outcome => ({
  rule: 'some-rule',
  severity,
  state: 'unknown',
  missing: ['trust'],
})
const broken: Outcome = { rule: 'some-rule', severity: 'warn', state: 'broken', error: 'x' }
const pass: Outcome = { rule: 'some-rule', severity: 'error', state: 'pass' }
const notApplicable: Outcome = { ...pass, state: 'not-applicable' }

describe('cellVerdict', () => {
  it.each([
    ['nothing', [], 'pass'],
    ['passes', [pass, notApplicable], 'pass'],
    ['a remark', [pass, found('info')], 'pass'],
    ['a warning', [found('info', 'warn')], 'warn'],
    ['an error', [found('warn'), found('error')], 'fail'],
    ['an open error rule', [unknown('error')], 'unknown'],
    ['an open warning rule', [unknown('warn')], 'unknown'],
    ['an open remark', [unknown('info')], 'pass'],
    ['open beats a warning', [found('warn'), unknown('error')], 'unknown'],
    ['an error beats open', [unknown('error'), found('error')], 'fail'],
    ['a broken rule is no pass', [broken], 'unknown'],
  ] as const)('%s', (_, outcomes, verdict) => {
    expect(cellVerdict(outcomes)).toBe(verdict)
  })
})

it('takes the worst of several, and not-checked only alone', () => {
  expect(worstVerdict(['pass', 'warn', 'unknown', 'fail', 'not-checked'])).toBe('fail')
  expect(worstVerdict(['pass', 'warn', 'unknown'])).toBe('unknown')
  expect(worstVerdict(['pass', 'warn'])).toBe('warn')
  expect(worstVerdict(['not-checked', 'pass'])).toBe('pass')
  expect(worstVerdict(['not-checked', 'not-checked'])).toBe('not-checked')
  expect(worstVerdict([])).toBe('not-checked')
})

it.each([
  ['pass', [], false, 'A+'],
  ['pass', ['info'], false, 'A'],
  ['warn', ['warn'], false, 'B'],
  ['warn', ['warn'], true, 'C'],
  ['fail', ['error'], true, 'F'],
  ['unknown', [], false, null],
  ['not-checked', [], false, null],
  ['unreachable', [], false, null],
] as const)('%s with %j, soon %s: %s', (verdict, severities, breaksSoon, grade) => {
  expect(gradeOf(verdict, { severities, breaksSoon })).toBe(grade)
})
