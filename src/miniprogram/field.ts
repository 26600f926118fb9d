/** What a configuration may hold: each field reads a value, and says its own JSON Schema. */
import { UsageError } from '../errors.ts'
import type { Text } from '../text.ts'

export interface Field<T> {
  readonly schema: Readonly<Record<string, unknown>>
  /** @throws UsageError naming the path */
  read(value: unknown, path: string): T
}

export type Fields = Readonly<Record<string, Field<unknown>>>

type Values<F extends Fields> = {
  readonly [Key in keyof F]?: F[Key] extends Field<infer T> ? T : never
}

export function text(description: string, pattern: RegExp, example: string): Field<string> {
  return {
    schema: { type: 'string', pattern: pattern.source, description, examples: [example] },
    read(value, path) {
      if (typeof value === 'string' && pattern.test(value)) return value
      throw wrong(path, {
        en: `write a text such as ${JSON.stringify(example)}`,
        'zh-CN': `应为文本，例如 ${JSON.stringify(example)}`,
      })
    },
  }
}

export function choice<const T extends string>(
  description: string,
  choices: readonly T[],
): Field<T> {
  return {
    schema: { enum: choices, description },
    read(value, path) {
      const found = choices.find(one => one === value)
      if (found !== undefined) return found
      throw wrong(path, {
        en: `choose one of ${choices.join(', ')}`,
        'zh-CN': `可选值为 ${choices.join('、')}`,
      })
    },
  }
}

/** A list of texts, or one text that `split` takes apart. */
export function texts(
  description: string,
  split: ((pasted: string) => readonly string[]) | null = null,
): Field<readonly string[]> {
  const list = { type: 'array', items: { type: 'string' } }
  return {
    schema: split ? { anyOf: [list, { type: 'string' }], description } : { ...list, description },
    read(value, path) {
      if (split && typeof value === 'string') return split(value)
      if (Array.isArray(value) && value.every(one => typeof one === 'string')) return value
      throw wrong(path, {
        en: split ? 'write a list of texts, or one pasted text' : 'write a list of texts',
        'zh-CN': split ? '应为文本数组，或一段粘贴的文本' : '应为文本数组',
      })
    },
  }
}

/** An object of these keys and no others. */
export function fields<F extends Fields>(description: string, known: F): Field<Values<F>> {
  const properties = Object.fromEntries(
    Object.entries(known).map(([key, { schema }]) => [key, schema]),
  )
  return {
    schema: { type: 'object', description, additionalProperties: false, properties },
    read(value, path) {
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw wrong(path, { en: 'write an object { }', 'zh-CN': '应为对象 { }' })
      const read = Object.entries(value).map(([key, item]) => {
        const inner = path === '' ? key : `${path}.${key}`
        const field = Object.hasOwn(known, key) ? known[key] : undefined
        if (!field) throw unknownKey(inner, key, Object.keys(known))
        return [key, field.read(item, inner)]
      })
      return Object.fromEntries(read)
    },
  }
}

function wrong(path: string, why: Text): UsageError {
  const where = path === '' ? '' : `${path}: `
  return new UsageError({ en: `${where}${why.en}`, 'zh-CN': `${where}${why['zh-CN']}` })
}

function unknownKey(path: string, key: string, known: readonly string[]): UsageError {
  const likely = known
    .map(name => ({ name, distance: editDistance(key.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(2, name.length / 3))
    .sort((a, b) => a.distance - b.distance)[0]?.name
  const hint: Text = likely
    ? { en: ` (did you mean ${likely}?)`, 'zh-CN': `（是不是想输入 ${likely}？）` }
    : { en: `; known are ${known.join(', ')}`, 'zh-CN': `；可用的键为 ${known.join('、')}` }
  return new UsageError({
    en: `unknown key ${path}${hint.en}`,
    'zh-CN': `未知的键 ${path}${hint['zh-CN']}`,
  })
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
