// The engine that applies one rule: what is unknown is never a pass, and a rule that throws is seen.
import { describe, expect, it } from 'vitest'
import { known, NOT_APPLICABLE, NOT_PROBED } from '../../src/facts/fact.ts'
import type { Cell, CellFacts, Facts } from '../../src/facts/facts.ts'
import { applyRule, defineRule, type Rule } from '../../src/rule.ts'

const words = { en: 'words', 'zh-CN': '文字' }
const common = {
  severity: 'error',
  rank: 0,
  statement: words,
  sources: [],
  title: words,
  example: {},
  message: () => words,
  fix: () => null,
} as const
const cell = {} as Cell
const NOTHING = Object.fromEntries(
  [
    'attempt',
    'refusal',
    'flight',
    'accepted',
    'chain',
    'leaf',
    'faults',
    'trust',
    'protocols',
    'legacyProtocols',
    'clientAuth',
    'server',
    'nodes',
  ].map(name => [name, NOT_PROBED]),
) as unknown as CellFacts

const apply = (rule: Rule, facts: Partial<CellFacts>) => {
  const all = { ...NOTHING, ...facts }
  const values = Object.fromEntries(
    Object.entries(all).flatMap(([name, fact]) =>
      fact.state === 'known' ? [[name, fact.value]] : [],
    ),
  ) as Partial<Facts>
  return applyRule('some-rule', rule, all, values, cell)
}

const refused = defineRule({
  ...common,
  needs: ['refusal'],
  check: ({ refusal }) => (refusal ? [{ args: {} }] : []),
})
const more = defineRule({
  ...common,
  needs: ['refusal'],
  uses: ['nodes'],
  check: ({ refusal, nodes }) => (refusal || (nodes && nodes.length > 0) ? [{ args: {} }] : []),
})
const broken = defineRule({
  ...common,
  needs: ['refusal'],
  check() {
    throw new TypeError('oh')
  },
})

describe('applyRule', () => {
  it('finds, or passes', () => {
    expect(apply(refused, { refusal: known('other') })).toMatchObject({
      state: 'found',
      findings: [{ rule: 'some-rule', severity: 'error', message: words }],
    })
    expect(apply(refused, { refusal: known(null) })).toMatchObject({ state: 'pass' })
  })

  it('is unknown where a needed fact is', () => {
    expect(apply(refused, {})).toMatchObject({ state: 'unknown', missing: ['refusal'] })
    expect(apply(refused, { refusal: { state: 'unknown', why: 'ERR_TIMEOUT' } })).toMatchObject({
      state: 'unknown',
    })
  })

  it('does not apply where a needed fact does not', () => {
    expect(apply(refused, { refusal: NOT_APPLICABLE })).toMatchObject({ state: 'not-applicable' })
  })

  it('finds what it can without a fact it only uses, and passes nothing without it', () => {
    expect(apply(more, { refusal: known('other') })).toMatchObject({ state: 'found' })
    expect(apply(more, { refusal: known(null) })).toMatchObject({
      state: 'unknown',
      missing: ['nodes'],
    })
    expect(apply(more, { refusal: known(null), nodes: NOT_APPLICABLE })).toMatchObject({
      state: 'pass',
    })
    expect(apply(more, { refusal: known(null), nodes: known([]) })).toMatchObject({ state: 'pass' })
  })

  it('shows a rule that throws', () => {
    expect(apply(broken, { refusal: known(null) })).toMatchObject({
      state: 'broken',
      error: 'TypeError: oh',
    })
  })
})
