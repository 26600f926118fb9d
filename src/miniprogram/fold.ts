/** Folds expressions to texts and numbers, as far as they are certain, across the files of a program. Pure. */
import type { Expression } from './expression.ts'
import type { Scope } from './frame.ts'

export interface Module {
  /** By `nameKey`; what is declared and not certain is unknown. */
  readonly names: ReadonlyMap<string, Expression>
  /** `=` is what `module.exports` was set to. */
  readonly exports: ReadonlyMap<string, Expression>
  /** Files of `export * from`. */
  readonly stars: readonly string[]
}

/** The module that `from` means where it is imported; null where that is none of the program's. */
export type FindModule = (from: string, importer: Module) => Module | null

export type Value =
  /** `open` where more follows that is not known. */
  | { readonly kind: 'text'; readonly text: string; readonly open: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | {
      readonly kind: 'object'
      readonly members: ReadonlyMap<string, Expression>
      readonly module: Module
    }
  | { readonly kind: 'module'; readonly module: Module }
  | { readonly kind: 'unknown' }

export function nameKey(name: string, { id }: Scope): string {
  return `${id}:${name}`
}

/** What a name means where it is seen. */
export function lookUp({ names }: Module, name: string, scope: Scope): Expression | null {
  for (let at: Scope | null = scope; at; at = at.parent) {
    const found = names.get(nameKey(name, at))
    if (found) return found
  }
  return null
}

const NOTHING: Value = { kind: 'unknown' }
/** Alternatives that are followed, steps of one folding, and how deep names may lead. */
const MAX_CHOICES = 8
const MAX_STEPS = 2000
const MAX_DEPTH = 300

/** What it may be: more than one value where it is chosen at run time. */
export function fold(
  expression: Expression,
  module: Module,
  findModule: FindModule,
): readonly Value[] {
  return new Folding(findModule).values(expression, module, 0)
}

class Folding {
  private readonly findModule: FindModule
  private steps = 0

  constructor(findModule: FindModule) {
    this.findModule = findModule
  }

  values(expression: Expression, module: Module, depth: number): readonly Value[] {
    if (++this.steps > MAX_STEPS || depth > MAX_DEPTH) return [NOTHING]
    const inner = (part: Expression) => this.values(part, module, depth + 1)
    switch (expression.kind) {
      case 'text':
        return [{ kind: 'text', text: expression.value, open: false }]
      case 'number':
        return [expression]
      case 'join':
        return expression.parts.reduce<readonly Value[]>(
          (left, part) => pairs(left, inner(part), concat),
          [{ kind: 'text', text: '', open: false }],
        )
      case 'sum':
        return pairs(inner(expression.left), inner(expression.right), add)
      case 'product':
        return pairs(inner(expression.left), inner(expression.right), multiply)
      case 'choice':
        return expression.options.flatMap(inner).slice(0, MAX_CHOICES)
      case 'name': {
        const named = lookUp(module, expression.name, expression.scope)
        return named ? inner(named) : [NOTHING]
      }
      case 'object':
        return [{ kind: 'object', members: expression.members, module }]
      case 'member':
        return inner(expression.of).flatMap(of => this.member(of, expression.key, depth + 1))
      case 'import': {
        const found = this.findModule(expression.from, module)
        if (!found) return [NOTHING]
        return expression.name === '*'
          ? [{ kind: 'module', module: found }]
          : this.exported(found, expression.name, depth + 1)
      }
      default:
        return [NOTHING]
    }
  }

  private member(of: Value, key: string, depth: number): readonly Value[] {
    if (of.kind === 'module') return this.exported(of.module, key, depth)
    if (of.kind !== 'object') return [NOTHING]
    const member = of.members.get(key)
    return member ? this.values(member, of.module, depth) : [NOTHING]
  }

  private exported(module: Module, name: string, depth: number): readonly Value[] {
    if (++this.steps > MAX_STEPS) return [NOTHING]
    const own = module.exports.get(name)
    if (own) return this.values(own, module, depth)
    const whole = module.exports.get('=')
    if (whole) {
      const values = this.values(whole, module, depth)
      return name === 'default' ? values : values.flatMap(of => this.member(of, name, depth))
    }
    for (const from of module.stars) {
      const found = this.findModule(from, module)
      const values = found && depth < MAX_DEPTH ? this.exported(found, name, depth + 1) : []
      if (values.some(({ kind }) => kind !== 'unknown')) return values
    }
    return [NOTHING]
  }
}

function pairs(
  left: readonly Value[],
  right: readonly Value[],
  combine: (a: Value, b: Value) => Value,
): readonly Value[] {
  return left.flatMap(a => right.map(b => combine(a, b))).slice(0, MAX_CHOICES)
}

function concat(a: Value, b: Value): Value {
  const left = asText(a)
  if (left.open) return left
  const right = asText(b)
  return { kind: 'text', text: left.text + right.text, open: right.open }
}

function add(a: Value, b: Value): Value {
  if (a.kind === 'number' && b.kind === 'number')
    return { kind: 'number', value: a.value + b.value }
  return concat(a, b)
}

function multiply(a: Value, b: Value): Value {
  return a.kind === 'number' && b.kind === 'number'
    ? { kind: 'number', value: a.value * b.value }
    : NOTHING
}

function asText(value: Value): Extract<Value, { kind: 'text' }> {
  if (value.kind === 'text') return value
  return value.kind === 'number'
    ? { kind: 'text', text: String(value.value), open: false }
    : { kind: 'text', text: '', open: true }
}
