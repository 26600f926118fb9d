/** JSON with places: comments and trailing commas are read, and told, for DevTools may refuse them. */
import type { Expression, ObjectProperty } from '@babel/types'
import { loadParser } from '../libraries.ts'
import { type Place, placesIn } from '../place.ts'

export type JsonValue =
  | { readonly kind: 'text'; readonly value: string; readonly place: Place }
  | {
      readonly kind: 'other'
      readonly value: number | boolean | null
      readonly place: Place
    }
  | { readonly kind: 'list'; readonly items: readonly JsonValue[]; readonly place: Place }
  | { readonly kind: 'object'; readonly members: readonly JsonMember[]; readonly place: Place }

export interface JsonMember {
  readonly key: string
  readonly place: Place
  readonly value: JsonValue
}

export interface JsonFault {
  readonly place: Place
  readonly what: 'comment' | 'trailing-comma' | 'syntax'
}

export interface JsonFile {
  /** Null where it cannot be read. */
  readonly value: JsonValue | null
  readonly faults: readonly JsonFault[]
}

export async function parseJson(text: string, file: string): Promise<JsonFile> {
  const { parseExpression } = await loadParser()
  const place = placesIn(file, text)
  try {
    const root = parseExpression(text.replace(/^\ufeff/, ' '), { attachComment: false })
    const faults: JsonFault[] = (root.comments ?? []).map(({ start }) => ({
      place: place(start ?? 0),
      what: 'comment',
    }))
    const value = toValue(root, place, faults)
    return { value, faults: faults.toSorted(byPlace) }
  } catch (error) {
    const at = error instanceof NotJson ? error.offset : syntaxErrorOffset(error)
    return { value: null, faults: [{ place: place(at), what: 'syntax' }] }
  }
}

function byPlace({ place: a }: JsonFault, { place: b }: JsonFault): number {
  return a.line - b.line || a.column - b.column
}

/** The member at this path, with the place of its value. */
export function memberAt(
  value: JsonValue | null,
  ...path: readonly string[]
): JsonMember | undefined {
  const [key, ...rest] = path
  if (value?.kind !== 'object') return undefined
  const member = value.members.findLast(one => one.key === key)
  return rest.length === 0 ? member : member && memberAt(member.value, ...rest)
}

export function textAt(value: JsonValue | null, ...path: readonly string[]): string | undefined {
  const found = memberAt(value, ...path)?.value
  return found?.kind === 'text' ? found.value : undefined
}

/** Every text in it. */
export function* textsOf(value: JsonValue): Generator<{ value: string; place: Place }> {
  const open: JsonValue[] = [value]
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.kind === 'text') yield next
    else if (next.kind === 'list') open.push(...next.items.toReversed())
    else if (next.kind === 'object')
      open.push(...next.members.map(member => member.value).toReversed())
  }
}

/** Legal as an expression, and no JSON. */
class NotJson extends Error {
  readonly offset: number

  constructor(offset: number) {
    super('not JSON')
    this.offset = offset
  }
}

function toValue(node: Expression, place: (at: number) => Place, faults: JsonFault[]): JsonValue {
  const at = node.start ?? 0
  const comma = node.extra?.['trailingComma']
  if (typeof comma === 'number') faults.push({ place: place(comma), what: 'trailing-comma' })
  if (node.extra?.['parenthesized']) throw new NotJson(at)
  switch (node.type) {
    case 'StringLiteral':
      if (!String(node.extra?.['raw']).startsWith('"')) throw new NotJson(at)
      return { kind: 'text', value: node.value, place: place(at) }
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return { kind: 'other', value: node.value, place: place(at) }
    case 'NullLiteral':
      return { kind: 'other', value: null, place: place(at) }
    case 'UnaryExpression':
      if (node.operator !== '-' || node.argument.type !== 'NumericLiteral') throw new NotJson(at)
      return { kind: 'other', value: -node.argument.value, place: place(at) }
    case 'ArrayExpression':
      return {
        kind: 'list',
        items: node.elements.map(item => {
          if (!item || item.type === 'SpreadElement') throw new NotJson(item?.start ?? at)
          return toValue(item, place, faults)
        }),
        place: place(at),
      }
    case 'ObjectExpression':
      return {
        kind: 'object',
        members: node.properties.map(member => toMember(member, place, faults)),
        place: place(at),
      }
    default:
      throw new NotJson(at)
  }
}

function toMember(
  member: ObjectProperty | { readonly type: string; readonly start?: number | null | undefined },
  place: (at: number) => Place,
  faults: JsonFault[],
): JsonMember {
  const at = member.start ?? 0
  if (!isProperty(member) || member.computed || member.shorthand) throw new NotJson(at)
  const { key, value } = member
  if (key.type !== 'StringLiteral' || !String(key.extra?.['raw']).startsWith('"'))
    throw new NotJson(at)
  return {
    key: key.value,
    place: place(at),
    value: toValue(value as Expression, place, faults),
  }
}

function isProperty(member: { readonly type: string }): member is ObjectProperty {
  return member.type === 'ObjectProperty'
}

/** The parser names the place of a syntax error; too deep a nesting has none. */
function syntaxErrorOffset(error: unknown): number {
  const at = (error as { pos?: unknown } | null)?.pos
  if (typeof at === 'number') return at
  if (error instanceof RangeError) return 0
  throw error
}
