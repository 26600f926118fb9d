/** What a configuration may hold: each field reads a value, and says its own JSON Schema. */
import { UsageError } from '../errors.ts'
import { nearest } from '../nearest.ts'
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

/** Values by any name: who knows the names checks them. */
export function settings(description: string): Field<Readonly<Record<string, SettingValue>>> {
  const plain = { type: ['string', 'number', 'boolean'] }
  const list = { type: 'array', items: { type: ['string', 'number'] } }
  return {
    schema: { type: 'object', description, additionalProperties: { anyOf: [plain, list] } },
    read(value, path) {
      if (!isObject(value)) throw wrong(path, NO_OBJECT)
      for (const [key, one] of Object.entries(value))
        if (!isSetting(one))
          throw wrong(`${path}.${key}`, {
            en: 'write a text, a number, true, false, or a list',
            'zh-CN': '应为文本、数字、true、false 或数组',
          })
      return value as Readonly<Record<string, SettingValue>>
    },
  }
}

export type SettingValue = string | number | boolean | readonly (string | number)[]

function isSetting(value: unknown): value is SettingValue {
  const isPlain = (one: unknown) => typeof one === 'string' || typeof one === 'number'
  return (
    isPlain(value) || typeof value === 'boolean' || (Array.isArray(value) && value.every(isPlain))
  )
}

/** A list whose items are each read as the field says. */
export function listOf<T>(description: string, item: Field<T>): Field<readonly T[]> {
  return {
    schema: { type: 'array', items: item.schema, description },
    read(value, path) {
      if (!Array.isArray(value)) throw wrong(path, { en: 'write a list', 'zh-CN': '应为数组' })
      return value.map((one, index) => item.read(one, `${path}[${index}]`))
    },
  }
}

/** A text for short, or the whole thing. */
export function shortOr<T>(short: Field<string>, whole: Field<T>): Field<string | T> {
  return {
    schema: { anyOf: [short.schema, whole.schema] },
    read: (value, path) =>
      typeof value === 'string' ? short.read(value, path) : whole.read(value, path),
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
      if (!isObject(value)) throw wrong(path, NO_OBJECT)
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

const NO_OBJECT: Text = { en: 'write an object { }', 'zh-CN': '应为对象 { }' }

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrong(path: string, why: Text): UsageError {
  const where = path === '' ? '' : `${path}: `
  return new UsageError({ en: `${where}${why.en}`, 'zh-CN': `${where}${why['zh-CN']}` })
}

function unknownKey(path: string, key: string, known: readonly string[]): UsageError {
  const likely = nearest(key, known)
  const hint: Text = likely
    ? { en: ` (did you mean ${likely}?)`, 'zh-CN': `（是不是想输入 ${likely}？）` }
    : { en: `; known are ${known.join(', ')}`, 'zh-CN': `；可用的键为 ${known.join('、')}` }
  return new UsageError({
    en: `unknown key ${path}${hint.en}`,
    'zh-CN': `未知的键 ${path}${hint['zh-CN']}`,
  })
}
