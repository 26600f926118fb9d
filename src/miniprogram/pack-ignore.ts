/** What DevTools leaves out of a package: `packOptions.ignore` of project.config.json. */
import { type JsonValue, memberAt, textAt } from './json.ts'

/** Whether a path, relative to the root of the Mini Program, is left out. Values are not case-sensitive. */
export function ignoredBy(config: JsonValue | null): (file: string) => boolean {
  const rules = rulesAt(config, 'ignore')
  const kept = rulesAt(config, 'include')
  return file => {
    const name = file.toLowerCase()
    return rules.some(rule => rule(name)) && !kept.some(rule => rule(name))
  }
}

type Rule = (file: string) => boolean

function rulesAt(config: JsonValue | null, key: string): readonly Rule[] {
  const list = memberAt(config, 'packOptions', key)?.value
  return list?.kind === 'list' ? list.items.map(toRule).filter(rule => rule !== null) : []
}

function toRule(rule: JsonValue): Rule | null {
  const value = textAt(rule, 'value')?.toLowerCase()
  if (value === undefined || value === '') return null
  const path = value.replace(/^\.?\//, '').replace(/\/$/, '')
  switch (textAt(rule, 'type')) {
    case 'folder':
      return file => file.startsWith(`${path}/`)
    case 'file':
      return file => file === path
    case 'suffix':
      return file => file.endsWith(value)
    case 'prefix':
      return file => baseName(file).startsWith(value)
    case 'glob':
      return matcher(globPattern(path))
    case 'regexp':
      return matcher(value)
    default:
      return null
  }
}

function baseName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1)
}

/** A pattern that is none matches nothing. */
function matcher(pattern: string): Rule | null {
  try {
    const expression = new RegExp(pattern, 'i')
    return file => expression.test(file)
  } catch {
    return null
  }
}

function globPattern(glob: string): string {
  const parts = glob.match(/\*\*\/|\*\*|\*|\?|[^*?]+/g) ?? []
  const body = parts.map(part => {
    if (part === '**/') return '(?:.*/)?'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    return part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  })
  return `^${body.join('')}$`
}
