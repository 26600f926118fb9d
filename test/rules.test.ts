// What every rule owes its readers: words in both languages, sources, and an example that reads well.
import { describe, expect, it } from 'vitest'
import { ruleBook } from '../src/rule-book.ts'
import { rules } from '../src/rules/index.ts'

const CHINESE = /[\u4e00-\u9fff]/

describe.each(Object.entries(ruleBook))('%s', (id, rule) => {
  const texts = [
    rule.title,
    rule.statement,
    rule.message(rule.example),
    ...[rule.fix(rule.example)].flatMap(fix => (fix ? [fix.text] : [])),
  ]

  it('speaks both languages', () => {
    for (const { en, 'zh-CN': zh } of texts) {
      expect(en).not.toMatch(CHINESE)
      expect(en.trim()).toBe(en)
      expect(en.length).toBeGreaterThan(5)
      expect(zh.trim()).toBe(zh)
      expect(zh === en || CHINESE.test(zh)).toBe(true)
    }
  })

  it('fills in every argument', () => {
    for (const { en, 'zh-CN': zh } of texts)
      expect(en + zh).not.toMatch(/undefined|null|\[object|NaN/)
  })

  it('has sources; one about servers has a rank too, and needs some fact', () => {
    // What the user wrote down needs no other source.
    if (id !== 'ignore-expired') expect(rule.sources.length).toBeGreaterThan(0)
    const live = Object.entries(rules).find(([name]) => name === id)?.[1]
    if (!live) return
    expect(live.needs.length).toBeGreaterThan(0)
    expect(live.rank).toBeGreaterThanOrEqual(0)
  })

  it('says how to mend what is an error', () => {
    if (rule.severity !== 'info') expect(rule.fix(rule.example)).not.toBeNull()
  })

  it('never advises old protocols or sending the root', () => {
    const advice = JSON.stringify(rule.fix(rule.example))
    expect(advice).not.toMatch(/(?:enable|switch on|allow)[^.]*(?:SSLv3|TLSv?1\.0|TLS 1\.0)/i)
    expect(advice).not.toMatch(/(?:send|include|append|add)[^.]* the root/i)
  })
})

it('has ids in lower kebab-case', () => {
  for (const id of Object.keys(ruleBook)) expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
})
