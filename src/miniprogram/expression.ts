/** What is kept of an expression: enough to fold texts and numbers, and nothing of the syntax tree. */
import type { Node, ObjectExpression } from '@babel/types'
import type { Scope } from './frame.ts'

export type Expression =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'join'; readonly parts: readonly Expression[] }
  | { readonly kind: 'sum' | 'product'; readonly left: Expression; readonly right: Expression }
  /** Any of them, which one is known at run time. */
  | { readonly kind: 'choice'; readonly options: readonly Expression[] }
  | { readonly kind: 'name'; readonly name: string; readonly scope: Scope }
  | { readonly kind: 'member'; readonly of: Expression; readonly key: string }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Expression> }
  /** `name` as exported there; `*` is the whole module. */
  | { readonly kind: 'import'; readonly from: string; readonly name: string }
  | { readonly kind: 'unknown' }

export const UNKNOWN: Expression = { kind: 'unknown' }

const MAX_DEPTH = 200

export function toExpression(node: Node | null | undefined, scope: Scope, depth = 0): Expression {
  if (!node || depth > MAX_DEPTH) return UNKNOWN
  const read = (inner: Node | null | undefined) => toExpression(inner, scope, depth + 1)
  switch (node.type) {
    case 'StringLiteral':
      return { kind: 'text', value: node.value }
    case 'NumericLiteral':
      return { kind: 'number', value: node.value }
    case 'TemplateLiteral':
      return { kind: 'join', parts: templateParts(node.quasis, node.expressions, read) }
    case 'BinaryExpression':
      if (node.operator !== '+' && node.operator !== '*') return UNKNOWN
      return {
        kind: node.operator === '+' ? 'sum' : 'product',
        left: read(node.left),
        right: read(node.right),
      }
    case 'ConditionalExpression':
      return { kind: 'choice', options: [read(node.consequent), read(node.alternate)] }
    case 'LogicalExpression':
      return { kind: 'choice', options: [read(node.left), read(node.right)] }
    case 'Identifier':
      return { kind: 'name', name: node.name, scope }
    case 'MemberExpression':
    case 'OptionalMemberExpression': {
      const key = keyOf(node.property, node.computed)
      return key === null ? UNKNOWN : { kind: 'member', of: read(node.object), key }
    }
    case 'ObjectExpression':
      return { kind: 'object', members: membersOf(node, read) }
    case 'CallExpression':
      return callExpression(node, read)
    default: {
      const inner = unwrap(node)
      return inner === node ? UNKNOWN : read(inner)
    }
  }
}

/** What stands inside casts, brackets and `(0, x)`. */
export function unwrap(node: Node): Node {
  let inner = node
  for (;;) {
    switch (inner.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'ParenthesizedExpression':
        inner = inner.expression
        break
      case 'SequenceExpression': {
        const last = inner.expressions.at(-1)
        if (!last) return inner
        inner = last
        break
      }
      default:
        return inner
    }
  }
}

/** The name of a property or a member; null where it is computed at run time. */
export function keyOf(key: Node, computed: boolean): string | null {
  if (key.type === 'StringLiteral') return key.value
  if (key.type === 'Identifier' && !computed) return key.name
  return null
}

/** The file of `require('./x')`; null for any other call. */
export function requiredFile(node: Node): string | null {
  if (node.type !== 'CallExpression' || node.callee.type !== 'Identifier') return null
  const [file] = node.arguments
  return node.callee.name === 'require' && file?.type === 'StringLiteral' ? file.value : null
}

function callExpression(
  node: Extract<Node, { type: 'CallExpression' }>,
  read: (node: Node) => Expression,
): Expression {
  const from = requiredFile(node)
  if (from !== null) return { kind: 'import', from, name: '*' }
  // What compilers for old engines make of a template: "".concat(BASE, "/path").
  const { callee } = node
  if (callee.type !== 'MemberExpression' || keyOf(callee.property, callee.computed) !== 'concat')
    return UNKNOWN
  return { kind: 'join', parts: [callee.object, ...node.arguments].map(read) }
}

function templateParts(
  quasis: Extract<Node, { type: 'TemplateLiteral' }>['quasis'],
  inner: readonly Node[],
  read: (node: Node) => Expression,
): Expression[] {
  return quasis.flatMap(({ value }, index) => {
    const hole = inner[index]
    const text: Expression = { kind: 'text', value: value.cooked ?? '' }
    return hole ? [text, read(hole)] : [text]
  })
}

/** After a spread, what came before it is not certain. */
function membersOf(
  { properties }: ObjectExpression,
  read: (node: Node) => Expression,
): ReadonlyMap<string, Expression> {
  const members = new Map<string, Expression>()
  for (const property of properties) {
    if (property.type === 'SpreadElement') {
      members.clear()
      continue
    }
    const key = keyOf(property.key, property.computed)
    if (key !== null)
      members.set(key, property.type === 'ObjectProperty' ? read(property.value) : UNKNOWN)
  }
  return members
}
