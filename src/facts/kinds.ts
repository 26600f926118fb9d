/** Numbers for things that judge alike: short keys, where long texts would be made and compared again and again. */

export class Kinds<T extends object> {
  private readonly describe: (thing: T) => string
  private readonly numbers = new Map<string, number>()
  private readonly known = new WeakMap<T, number>()

  /** Things of the same description are of one kind. */
  constructor(describe: (thing: T) => string) {
    this.describe = describe
  }

  of(thing: T): number {
    const known = this.known.get(thing)
    if (known !== undefined) return known
    const text = this.describe(thing)
    const number = this.numbers.get(text) ?? this.numbers.size
    this.numbers.set(text, number)
    this.known.set(thing, number)
    return number
  }
}
