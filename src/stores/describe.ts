/** Which versions of which systems trust a key, in words that are the same in every language. */
import type { Holding } from './store.ts'

/** `iOS >= 10.1, Android >= 7.1.1, OpenHarmony`: a system alone means every version that is listed. */
export function describeHoldings(holdings: readonly Holding[]): string {
  return holdings.map(describeHolding).join(', ')
}

function describeHolding({ system, since, sinceFirst, until }: Holding): string {
  const from = sinceFirst ? '' : ` >= ${since.version}`
  return `${system}${from}${until ? ` < ${until.version}` : ''}`
}
