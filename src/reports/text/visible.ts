/** A target for the terminal: one place where nothing that strangers wrote can act on it. */
import type { TargetResult } from '../../report.ts'
import { visible } from '../../text.ts'

export function visibleTarget(target: TargetResult): TargetResult {
  return deep(target) as TargetResult
}

/** What is our own, some of it of several lines; and what is not shown. */
const OWN = new Set(['platforms', 'snippets', 'consoles', 'evidence', 'pem'])

/** Most need no change, and stay as they are. */
function deep(value: unknown): unknown {
  if (typeof value === 'string') return visible(value)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (Array.isArray(value)) {
    const items = value.map(deep)
    return items.every((item, index) => item === value[index]) ? value : items
  }
  const entries = Object.entries(value)
  const changed = entries.flatMap(([key, one]) => {
    const other = OWN.has(key) ? one : deep(one)
    return other === one ? [] : [[key, other] as const]
  })
  return changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) }
}
