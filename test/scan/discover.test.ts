// Whatever a server takes is found, and nothing else, however it says no.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deal, discover, type Question, type Verdict } from '../../src/scan/discover.ts'

const ITEMS = Array.from({ length: 300 }, (_, item) => item)

/** A server that takes these; `no` is how it refuses. Counts what it is asked. */
function server(taken: ReadonlySet<number>, no: 'none' | 'cut' | 'unanswered') {
  const count = { offers: 0, longest: 0 }
  const question: Question<null> = {
    async offer(items): Promise<Verdict<null>> {
      count.offers++
      count.longest = Math.max(count.longest, items.length)
      const item = items.find(one => taken.has(one))
      return item === undefined ? { kind: no } : { kind: 'picked', item, detail: null }
    },
    alone: work => work(),
    stillAnswers: async () => true,
    onCrowded: () => {},
    hasRoom: () => false,
  }
  return { question, count }
}

const takenSets = fc.array(fc.integer({ min: 0, max: 299 }), { maxLength: 40 })

describe('finds exactly what is taken', () => {
  it.each(['none', 'cut'] as const)('where a refusal is: %s', async no => {
    await fc.assert(
      fc.asyncProperty(takenSets, fc.boolean(), async (list, hasRoom) => {
        const { question: plain, count } = server(new Set(list), no)
        const question = { ...plain, hasRoom: () => hasRoom }
        const { taken, refused, open } = await discover(deal(ITEMS, 6), question)
        expect([...taken.keys()].sort((a, b) => a - b)).toEqual(
          [...new Set(list)].sort((a, b) => a - b),
        )
        expect({ known: taken.size + refused.size, open }).toEqual({ known: 300, open: [] })
        expect(count.longest).toBeLessThanOrEqual(128)
        // What hangs up is asked again, with others in between.
        const parts = no === 'none' ? 6 : 30
        expect(count.offers).toBeLessThanOrEqual(parts + (hasRoom ? 3 : 1) * taken.size)
      }),
      { numRuns: 30 },
    )
  })
})

it('says nothing of what was not answered', async () => {
  const { question } = server(new Set([7]), 'unanswered')
  const { taken, refused, open } = await discover(deal(ITEMS, 6), question)
  expect({ taken: [...taken.keys()], refused: refused.size }).toEqual({ taken: [7], refused: 0 })
  expect(open.length).toBe(299)
})

it('believes no hanging up of a server that answers nothing any more', async () => {
  const { question } = server(new Set(), 'cut')
  const lost = { ...question, stillAnswers: async () => false }
  const { refused, open } = await discover(deal(ITEMS, 6), lost)
  expect({ refused: refused.size, open: open.length }).toEqual({ refused: 0, open: 300 })
})

it('asks no more of a version that is off', async () => {
  const { question, count } = server(new Set(), 'none')
  const off: Question<null> = {
    ...question,
    offer: async items => {
      await question.offer(items, false)
      return { kind: 'off' }
    },
  }
  const { refused } = await discover(() => deal(ITEMS, 6), off, [1000, 1001])
  expect({ offers: count.offers, refused: [...refused] }).toEqual({
    offers: 1,
    refused: [1000, 1001],
  })
})
