/** Did you mean ...? */

/** The name that was probably meant; null where none is near. */
export function nearest(text: string, names: readonly string[]): string | null {
  const near = names
    .map(name => ({ name, distance: editDistance(text.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(2, name.length / 3))
    .sort((a, b) => a.distance - b.distance)
  return near[0]?.name ?? null
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a.slice(0, 64)].entries()) {
    const next = [i + 1]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (b[j - 1] === letter ? 0 : 1),
        ),
      )
    row = next
  }
  return row[b.length] ?? 0
}
