// Each plural folder's index.ts is written from its listing: `npm test -- -u` writes it, a stale one fails.
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

interface Registry {
  readonly folder: string
  /** The contract's type, and the module beside the folder that holds it. */
  readonly type: string
  readonly contract: string
  /** `eager` where a run needs every instance, `lazy` where it needs one. */
  readonly load: 'eager' | 'lazy'
}

const REGISTRIES: readonly Registry[] = [
  { folder: 'hellos', type: 'Hello', contract: 'hello', load: 'eager' },
  { folder: 'platforms', type: 'Platform', contract: 'platform', load: 'eager' },
  { folder: 'rules', type: 'Rule', contract: 'rule', load: 'eager' },
  { folder: 'project-rules', type: 'ProjectRule', contract: 'project-rule', load: 'eager' },
  { folder: 'dialects', type: 'Dialect', contract: 'dialect', load: 'eager' },
  { folder: 'reports', type: 'Report', contract: 'report', load: 'lazy' },
  { folder: 'probes', type: 'Probe', contract: 'probe', load: 'eager' },
  { folder: 'messengers', type: 'Messenger', contract: 'messenger', load: 'lazy' },
  { folder: 'starttls', type: 'Starttls', contract: 'starttls', load: 'lazy' },
]

const source = (path: string) => fileURLToPath(new URL(`../src/${path}`, import.meta.url))

const registries = REGISTRIES.filter(
  ({ folder, contract }) => existsSync(source(`${contract}.ts`)) && instances(folder).length > 0,
)

describe.each(registries)('src/$folder', registry => {
  const { folder } = registry

  it('has an index of all its files', async () => {
    await expect(index(registry)).toMatchFileSnapshot(source(`${folder}/index.ts`))
  })

  it.each(instances(folder))('%s says no other id than its file name', async id => {
    const { default: instance } = (await import(source(`${folder}/${id}.ts`))) as {
      default: { id?: string }
    }
    expect(instance.id ?? id).toBe(id)
  })
})

/** Ids in natural order: 9 before 10. Folders inside hold parts of an instance, not instances. */
function instances(folder: string): string[] {
  if (!existsSync(source(folder))) return []
  return readdirSync(source(folder), { withFileTypes: true })
    .filter(file => file.isFile() && file.name.endsWith('.ts') && file.name !== 'index.ts')
    .map(file => file.name.slice(0, -'.ts'.length))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}

function index({ folder, type, contract, load }: Registry): string {
  const ids = instances(folder)
  const value = load === 'eager' ? type : `() => Promise<${type}>`
  const lines = [
    '// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.',
    `import type { ${type} } from '../${contract}.ts'`,
    ...(load === 'eager' ? ids.map(id => `import ${identifier(id)} from './${id}.ts'`) : []),
    '',
    `export type ${type}Id =`,
    ...ids.map(id => `  | '${id}'`),
    '',
    `export const ${camelCase(folder)}: Readonly<Record<${type}Id, ${value}>> = {`,
    ...ids.map(id => `  '${id}': ${load === 'eager' ? identifier(id) : loader(id)},`),
    '}',
  ]
  return `${lines.join('\n')}\n`
}

/** `project-rules` is exported as projectRules. */
function camelCase(folder: string): string {
  return folder.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

function loader(id: string): string {
  return `async () => (await import('./${id}.ts')).default`
}

/** `ios-12.2` is `ios_12_2`, `text` is `text_`: no digit leads and no reserved word is met. */
function identifier(id: string): string {
  return `${id.replace(/[^a-z0-9]/gi, '_')}_`
}
