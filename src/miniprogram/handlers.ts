/** Handlers that never read the status of an answer; said only where that is certain. */
import type { Node, ObjectExpression } from '@babel/types'
import { keyOf } from './expression.ts'
import { type Frame, innerNodes } from './frame.ts'

/** The handler of this call that takes any answer for a good one: `success`, or what is given to `then`. */
export function ignoresStatus(options: ObjectExpression | null, { parent }: Frame): Node | null {
  const own = options?.properties.find(
    one => one.type !== 'SpreadElement' && keyOf(one.key, one.computed) === 'success',
  )
  const handler = own?.type === 'ObjectProperty' ? own.value : (own ?? promised(parent))
  return handler && isFunction(handler) && !maySeeStatus(handler) ? handler : null
}

/** The first argument of `.then` right behind the call. */
function promised(parent: Frame | null): Node | null {
  const then = parent?.node
  if (then?.type !== 'MemberExpression' || keyOf(then.property, then.computed) !== 'then')
    return null
  const call = parent?.parent?.node
  return call?.type === 'CallExpression' && call.callee === then
    ? (call.arguments[0] ?? null)
    : null
}

type Handler = Extract<
  Node,
  { type: 'FunctionExpression' | 'ArrowFunctionExpression' | 'ObjectMethod' }
>

function isFunction(node: Node): node is Handler {
  return (
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'ObjectMethod'
  )
}

/** It names the status, or hands the whole answer on to where that may be read. */
function maySeeStatus({ params, body }: Handler): boolean {
  const [answer] = params
  if (answer?.type === 'RestElement') return true
  if (answer?.type === 'ObjectPattern') {
    const { properties } = answer
    return properties.some(
      one =>
        one.type === 'RestElement' ||
        (keyOf(one.key, one.computed) ?? 'statusCode') === 'statusCode',
    )
  }
  const name = answer?.type === 'Identifier' ? answer.name : null
  if (answer && name === null) return true
  const open: { node: Node; parent: Node }[] = [{ node: body, parent: body }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, parent } = next
    if (node.type === 'Identifier' && (node.name === 'statusCode' || node.name === 'arguments'))
      return true
    if (node.type === 'StringLiteral' && node.value === 'statusCode') return true
    if (node.type === 'Identifier' && node.name === name && !isOwner(node, parent)) return true
    if (isDestructured(node, name)) return true
    for (const inner of innerNodes(node)) open.push({ node: inner, parent: node })
  }
  return false
}

/** `answer` in `answer.data`, or merely a key of that name: neither hands it on. */
function isOwner(node: Node, parent: Node): boolean {
  if (parent.type === 'MemberExpression' || parent.type === 'OptionalMemberExpression')
    return parent.object === node ? !isDynamic(parent) : !parent.computed
  if (parent.type === 'VariableDeclarator')
    return parent.init === node && parent.id.type === 'ObjectPattern'
  return parent.type === 'ObjectProperty' && parent.key === node && !parent.computed
}

function isDynamic({ computed, property }: { computed: boolean; property: Node }): boolean {
  return computed && property.type !== 'StringLiteral'
}

/** `const { data } = answer` takes what it names; with a rest it takes all. */
function isDestructured(node: Node, name: string | null): boolean {
  return (
    node.type === 'VariableDeclarator' &&
    node.id.type === 'ObjectPattern' &&
    node.init?.type === 'Identifier' &&
    node.init.name === name &&
    node.id.properties.some(({ type }) => type === 'RestElement')
  )
}
