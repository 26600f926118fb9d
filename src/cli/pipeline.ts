/** Work on many items, a few at once. */

export interface Pace {
  /** Items at work at the same time. */
  readonly limit: number
  /** Results in the items' order; otherwise as they come. */
  readonly ordered?: boolean
}

/** Results that wait for an earlier one; when there are more than these for each place of work, nothing new is begun. */
const MAX_WAITING = 16

/** Begins nothing more when the signal is aborted, and ends with what is done already. */
export async function* workOn<Item, Outcome>(
  items: readonly Item[],
  { limit, ordered = true }: Pace,
  work: (item: Item) => Promise<Outcome>,
  signal: AbortSignal,
): AsyncGenerator<Outcome> {
  const window = ordered ? MAX_WAITING * limit : Number.POSITIVE_INFINITY
  const done = new Map<number, () => Outcome>()
  let [next, turn, running] = [0, 0, 0]
  let wake = () => {}
  const begin = (index: number) => {
    const settle = (outcome: () => Outcome) => {
      running--
      done.set(index, outcome)
      wake()
    }
    running++
    work(items[index] as Item).then(
      outcome => settle(() => outcome),
      (error: unknown) =>
        settle(() => {
          throw error
        }),
    )
  }
  const onAbort = () => wake()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    for (;;) {
      while (next < items.length && running < limit && next - turn < window && !signal.aborted)
        begin(next++)
      const [earliest = turn] = ordered ? [turn] : done.keys()
      const outcome = done.get(earliest)
      if (outcome) {
        done.delete(earliest)
        turn++
        yield outcome()
      } else if (signal.aborted) {
        for (const [, late] of [...done].sort(([a], [b]) => a - b)) yield late()
        return
      } else if (running === 0) return
      else
        await new Promise<void>(resolve => {
          wake = resolve
        })
    }
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
