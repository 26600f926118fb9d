/** A walk over a syntax tree. */
import type { Node } from '@babel/types'

/** A node and what stands around it. */
export interface Frame {
  readonly node: Node
  readonly parent: Frame | null
}

/** In the order of the source; no recursion, for strangers decide how deep it goes. */
export function* walkNodes(root: Node): Generator<Frame> {
  const open: Frame[] = [{ node: root, parent: null }]
  for (let frame = open.pop(); frame; frame = open.pop()) {
    yield frame
    const inner = innerNodes(frame.node)
    for (let index = inner.length - 1; index >= 0; index--)
      open.push({ node: inner[index] as Node, parent: frame })
  }
}

/** The nodes right below one, in the order of the source. */
export function innerNodes(node: Node): readonly Node[] {
  const inner: Node[] = []
  for (const value of Object.values(node)) {
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value)) {
      if (isNode(value)) inner.push(value)
      continue
    }
    for (const item of value) if (isNode(item)) inner.push(item)
  }
  return inner
}

function isNode(value: unknown): value is Node {
  return typeof (value as { type?: unknown } | null)?.type === 'string'
}
