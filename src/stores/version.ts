/** Versions of systems and stores: `14.5`, `16-r4`, `13-qpr3`, `3.123`, `2026-07-19`. */

/** Negative, zero or positive, number by number; a missing number is zero, so `8` equals `8.0`. */
export function compareVersions(a: string, b: string): number {
  const left = numbers(a)
  const right = numbers(b)
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The few versions there are come again and again. */
const known = new Map<string, readonly number[]>()
const MAX_KNOWN = 1000

function numbers(version: string): readonly number[] {
  const found = known.get(version)
  if (found) return found
  const read = (version.match(/\d+/g) ?? []).map(Number)
  if (known.size < MAX_KNOWN) known.set(version, read)
  return read
}
