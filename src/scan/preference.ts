/** Who decides among the suites both sides know, and in which order. */
import { suiteOf } from '../wire/suite.ts'
import type { Asker } from './asker.ts'

/** So many suites are compared two by two, all at once; more are taken away one after the other. */
const MOST_IN_PAIRS = 7

/**
 * Asks twice, in opposite orders. Some servers prefer ChaCha20 where the client does, so that it leads neither order.
 * Null where there is nothing to choose from, or no answer.
 */
export async function preferenceOf(
  asker: Asker,
  version: number,
  suites: readonly number[],
): Promise<'server' | 'client' | null> {
  const isChaCha = (code: number) => suiteOf(code)?.cipher.startsWith('CHACHA20') ?? false
  const plain = suites.filter(code => !isChaCha(code))
  const order = plain.length > 1 ? plain : suites
  if (order.length < 2) return null
  const [first, second] = await Promise.all([
    pick(asker, version, order),
    pick(asker, version, order.toReversed()),
  ])
  if (first === null || second === null) return null
  return first === second ? 'server' : 'client'
}

/** The order of a server that decides; null where it did not always answer. */
export async function serverOrder(
  asker: Asker,
  version: number,
  suites: readonly number[],
): Promise<readonly number[] | null> {
  return suites.length > MOST_IN_PAIRS
    ? oneByOne(asker, version, suites)
    : inPairs(asker, version, suites)
}

async function inPairs(
  asker: Asker,
  version: number,
  suites: readonly number[],
): Promise<readonly number[] | null> {
  const pairs = suites.flatMap((a, index) => suites.slice(index + 1).map(b => [a, b] as const))
  const winners = await Promise.all(pairs.map(pair => pick(asker, version, pair)))
  if (winners.includes(null)) return null
  const wins = (suite: number) => winners.filter(winner => winner === suite).length
  return suites.toSorted((a, b) => wins(b) - wins(a))
}

async function oneByOne(
  asker: Asker,
  version: number,
  suites: readonly number[],
): Promise<readonly number[] | null> {
  const order: number[] = []
  for (let left = suites; left.length > 1; left = left.filter(suite => suite !== order.at(-1))) {
    const best = await pick(asker, version, left)
    if (best === null) return null
    order.push(best)
  }
  return [...order, ...suites.filter(suite => !order.includes(suite))]
}

async function pick(
  asker: Asker,
  version: number,
  suites: readonly number[],
): Promise<number | null> {
  const answer = await asker.insist(held => asker.glance({ version, suites }, held))
  const chosen = answer.kind === 'chosen' && answer.version === version ? answer.suite : null
  return chosen !== null && suites.includes(chosen) ? chosen : null
}
