/** Work on many items, a few at once, with the results in the items' order. */

/** Begins nothing more when the signal is aborted, and ends with what is done already. */
export async function* inOrder<Item, Outcome>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Outcome>,
  signal: AbortSignal,
): AsyncGenerator<Outcome> {
  const aborted = new Promise<null>(resolve => {
    signal.addEventListener('abort', () => resolve(null), { once: true })
  })
  const pending: Promise<{ readonly outcome: Outcome }>[] = []
  let next = 0
  for (;;) {
    for (; next < items.length && pending.length < limit && !signal.aborted; next++) {
      const begun = work(items[next] as Item).then(outcome => ({ outcome }))
      // Heard when its turn comes; until then a failure is no stray one.
      begun.catch(() => undefined)
      pending.push(begun)
    }
    const first = pending.shift()
    if (!first) return
    const settled = await Promise.race([first, aborted])
    if (settled) yield settled.outcome
  }
}
