/** Which items of a list a server takes, found by offering many at once: it picks one, and the rest is offered again. */

/** What one offer brought. */
export type Verdict<T> =
  /** It picked this one. */
  | { readonly kind: 'picked'; readonly item: number; readonly detail: T }
  /** None of these. */
  | { readonly kind: 'none' }
  /** None of these nor of any others: it does not speak the version. */
  | { readonly kind: 'off' }
  /** It hung up: how some servers say no, and others that they have had enough. */
  | { readonly kind: 'cut' }
  | { readonly kind: 'unanswered' }

export interface Question<T> {
  /** `held`: within `alone`. */
  readonly offer: (items: readonly number[], held: boolean) => Promise<Verdict<T>>
  /** Runs while nothing else is asked of the server. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
  /** Whether the server still answers what it has answered before; within `alone`. */
  readonly stillAnswers: () => Promise<boolean>
  /** Told when what was cut off among others is answered on its own. */
  readonly onCrowded: () => void
  /** More could be asked at once than is. */
  readonly hasRoom: () => boolean
}

export interface Discovery<T> {
  /** By item, in the order of discovery. */
  readonly taken: ReadonlyMap<number, T>
  readonly refused: ReadonlySet<number>
  /** Nobody knows. */
  readonly open: readonly number[]
}

const MOST_AT_ONCE = 64
/** Longer lists make some servers choke. */
const MOST_ALONE = 128

/** What to offer, part by part, when `left` is what remains of the gate. */
export type Parts =
  | readonly (readonly number[])[]
  | ((left: readonly number[]) => readonly (readonly number[])[])

/**
 * Asks for every part at once, and for each until nothing of it is taken any more, which costs one connection for each
 * item and one for each part; where there is room for more connections, the rest of a part is halved, which costs more
 * of them and less time. Before all comes `gate`, where one is given: a server that says there that it does not speak
 * the version is asked no more. The pace is the asker's. What is not answered is asked again, in the end alone.
 */
export async function discover<T>(
  parts: Parts,
  question: Question<T>,
  gate: readonly number[] = [],
): Promise<Discovery<T>> {
  return new Search(question).run(parts, gate)
}

/** At least `count` parts of at most `most`, dealt out in turn: likely items that stand together come apart. */
export function deal(
  items: readonly number[],
  count: number,
  most = MOST_AT_ONCE,
): readonly (readonly number[])[] {
  const parts = Math.min(items.length, Math.max(count, Math.ceil(items.length / most)))
  return Array.from({ length: parts }, (_, part) =>
    items.filter((_, index) => index % parts === part),
  )
}

/**
 * Who hangs up on the same offer every time, and answers another in between and afterwards, means it: a `cut` is then a
 * refusal. Where the server hangs up on what it has answered before, nobody knows.
 */
export async function confirm<V extends { readonly kind: string }>(
  { stillAnswers }: Pick<Question<unknown>, 'stillAnswers'>,
  offer: () => Promise<V>,
): Promise<V | { readonly kind: 'unanswered' }> {
  let verdict: V | { readonly kind: 'unanswered' } = { kind: 'unanswered' }
  for (const isControlled of [false, true, true]) {
    verdict = await offer()
    if (verdict.kind !== 'cut') return verdict
    if (isControlled && !(await stillAnswers())) return { kind: 'unanswered' }
  }
  return verdict
}

class Search<T> {
  private readonly question: Question<T>
  private readonly taken = new Map<number, T>()
  private readonly refused = new Set<number>()
  private readonly silent: number[] = []
  private readonly cut: number[] = []
  private readonly open: number[] = []
  private isOff = false

  constructor(question: Question<T>) {
    this.question = question
  }

  async run(parts: Parts, gate: readonly number[]): Promise<Discovery<T>> {
    const left = gate.length > 0 ? await this.ask(gate) : []
    const first = typeof parts !== 'function' ? parts : this.isOff ? [] : parts(left)
    await Promise.all(first.map(part => this.visit(part)))
    const again = deal(this.silent.splice(0), 1)
    await Promise.all(again.map(part => this.visit(part)))
    await this.settle([...this.silent.splice(0), ...this.cut.splice(0)])
    return { taken: this.taken, refused: this.refused, open: this.open }
  }

  private async visit(items: readonly number[]): Promise<void> {
    const rest = await this.ask(items)
    const parts = this.question.hasRoom() ? 2 : 1
    await Promise.all(deal(rest, parts).map(part => this.visit(part)))
  }

  /** What is still to be asked of these. */
  private async ask(items: readonly number[]): Promise<readonly number[]> {
    if (this.isOff) return this.learn({ kind: 'off' }, items)
    const verdict = await this.question.offer(items, false)
    if (verdict.kind !== 'cut' && verdict.kind !== 'unanswered') return this.learn(verdict, items)
    const later = verdict.kind === 'cut' ? this.cut : this.silent
    later.push(...items)
    return []
  }

  private async settle(items: readonly number[]): Promise<void> {
    for (const part of deal(items, 1, MOST_ALONE))
      for (let left = part; left.length > 0; ) {
        const asked = left
        left = []
        await this.question.alone(async () => {
          left = await this.askAlone(asked)
        })
      }
  }

  /** What is still to be asked of these. */
  private async askAlone(items: readonly number[]): Promise<readonly number[]> {
    const verdict = await confirm(this.question, () => this.question.offer(items, true))
    if (verdict.kind === 'unanswered') this.open.push(...items)
    else if (verdict.kind === 'cut') this.refuse(items)
    else {
      this.question.onCrowded()
      return this.learn(verdict, items)
    }
    return []
  }

  private learn(
    verdict: Exclude<Verdict<T>, { kind: 'cut' | 'unanswered' }>,
    items: readonly number[],
  ): readonly number[] {
    if (verdict.kind === 'picked') {
      this.taken.set(verdict.item, verdict.detail)
      return items.filter(item => item !== verdict.item)
    }
    // A version that was seen is not off, whatever an alert says.
    if (verdict.kind === 'off' && this.taken.size === 0) this.isOff = true
    this.refuse(items)
    return []
  }

  private refuse(items: readonly number[]): void {
    for (const item of items) this.refused.add(item)
  }
}
