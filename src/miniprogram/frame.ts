/** A walk over a syntax tree that knows what stands around each node, and whose names it sees. */
import type { Node } from '@babel/types'

/** A node and what stands around it. */
export interface Frame {
  readonly node: Node
  readonly parent: Frame | null
  /** Whose names it sees. */
  readonly scope: Scope
  /** Whose names the nodes in it see: another one for a function. */
  readonly inner: Scope
}

/** A function, or the script as a whole. */
export interface Scope {
  readonly id: number
  readonly parent: Scope | null
}

/** Of the script as a whole. */
export const ROOT_SCOPE: Scope = { id: 0, parent: null }

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
])

/** In the order of the source; no recursion, for strangers decide how deep it goes. */
export function* walkNodes(root: Node): Generator<Frame> {
  let scopes = 0
  const toFrame = (node: Node, parent: Frame | null): Frame => {
    const scope = parent?.inner ?? ROOT_SCOPE
    const inner = FUNCTIONS.has(node.type) ? { id: ++scopes, parent: scope } : scope
    return { node, parent, scope, inner }
  }
  const open: Frame[] = [toFrame(root, null)]
  for (let frame = open.pop(); frame; frame = open.pop()) {
    yield frame
    const inner = innerNodes(frame.node)
    for (let index = inner.length - 1; index >= 0; index--)
      open.push(toFrame(inner[index] as Node, frame))
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
