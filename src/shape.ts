/** Reads data of unknown origin into types: each shape returns the value it vouches for, or throws a DecodeError. */
import { DecodeError } from './errors.ts'

export type Shape<T> = (value: unknown, path: string) => T

export type ShapeOf<S> = S extends Shape<infer T> ? T : never

/** What the JSON says, as yet of no shape; a byte order mark may stand before it. */
export function parseJson(json: string, path: string): unknown {
  try {
    return JSON.parse(json.replace(/^\ufeff/, ''))
  } catch (error) {
    return fail(`no JSON (${(error as SyntaxError).message})`, path)
  }
}

export const text: Shape<string> = (value, path) =>
  typeof value === 'string' ? value : fail('text expected', path)

export const number: Shape<number> = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) ? value : fail('number expected', path)

export const flag: Shape<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : fail('true or false expected', path)

export const bytes: Shape<Uint8Array> = (value, path) =>
  value instanceof Uint8Array ? value : fail('bytes expected', path)

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path) => (value === null ? null : shape(value, path))
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, path) =>
    Array.isArray(value)
      ? value.map((item, index) => shape(item, `${path}[${index}]`))
      : fail('list expected', path)
}

/** An object whose keys are anybody's. */
export function dictionary<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value, path) =>
    Object.fromEntries(
      Object.entries(asObject(value, path)).map(([key, item]) => [
        key,
        shape(item, `${path}.${key}`),
      ]),
    )
}

export function oneOf<const T extends string | number>(...choices: readonly T[]): Shape<T> {
  return (value, path) =>
    choices.find(choice => choice === value) ?? fail(`one of ${choices.join(', ')} expected`, path)
}

/** Exactly these keys; others are left out of the result. */
export function object<S extends Readonly<Record<string, Shape<unknown>>>>(
  shapes: S,
): Shape<{ readonly [Key in keyof S]: ShapeOf<S[Key]> }> {
  return (value, path) => {
    const given = asObject(value, path)
    const read = Object.entries(shapes).map(([key, shape]) => [
      key,
      shape(given[key], `${path}.${key}`),
    ])
    return Object.fromEntries(read)
  }
}

/** One of several objects, told apart by the text at `key`. */
export function union<Key extends string, S extends Readonly<Record<string, Shape<object>>>>(
  key: Key,
  shapes: S,
): Shape<{ [Tag in keyof S]: { readonly [K in Key]: Tag } & ShapeOf<S[Tag]> }[keyof S]> {
  return (value, path) => {
    const tag = asObject(value, path)[key]
    const shape = typeof tag === 'string' ? shapes[tag] : undefined
    if (!shape) return fail(`one of ${Object.keys(shapes).join(', ')} expected`, `${path}.${key}`)
    return { [key]: tag, ...shape(value, path) } as never
  }
}

function asObject(value: unknown, path: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  return fail('object expected', path)
}

function fail(reason: string, path: string): never {
  throw new DecodeError(reason, path, 0)
}
