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
    const parent = frame
    const inner = Object.values(frame.node).flat().filter(isNode)
    for (const node of inner.reverse()) open.push({ node, parent })
  }
}

function isNode(value: unknown): value is Node {
  return typeof (value as { type?: unknown } | null)?.type === 'string'
}
