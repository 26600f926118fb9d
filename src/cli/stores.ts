/** `mpcert stores`: which trust stores are known, who holds a root, and newer lists from the user. */
import { UsageError } from '../errors.ts'

import { describeHoldings } from '../stores/describe.ts'
import type { Imported } from '../stores/import/imported.ts'
import type { StoreTable } from '../stores/store.ts'
import type { Text } from '../text.ts'
import { createWorld } from '../world.ts'
import { columns } from './columns.ts'
import { loadImports } from './data-folder.ts'
import { foldersOf } from './folders.ts'
import type { Invocation } from './invocation.ts'

const MOST_SHOWN = 50

export async function run(invocation: Invocation): Promise<number> {
  const [action = 'list', query] = invocation.arguments
  if (action === 'update') return (await import('./stores-update.ts')).update(invocation)
  if (action === 'list') return list(invocation)
  if (action === 'find') return find(invocation, query)
  throw new UsageError({
    en: `stores ${action}: choose list, find or update`,
    'zh-CN': `stores ${action}：可选 list、find 或 update`,
  })
}

/** Every version of every store, and what else was imported; of the newest ones, when they were verified. */
async function list({ host, print, locale }: Invocation): Promise<number> {
  const imports = await loadImports(foldersOf(host))
  const { stores } = createWorld(Date.now(), imports)
  const rows = [
    ...stores.tables.flatMap(table => describeTable(table, imports, text => text[locale])),
    ...imports.flatMap(describeOther),
  ]
  await print(columns(rows))
  return 0
}

function describeTable(
  { name, verified, versions }: StoreTable,
  imports: readonly Imported[],
  words: (text: Text) => string,
): string[][] {
  return versions.map((listed, index) => {
    const { version, os, date, count, source } = listed
    const isImported = imports.some(
      one =>
        one.kind === 'roots' &&
        one.source === source &&
        one.store === name &&
        one.version === version,
    )
    const notes = [
      ...(isImported
        ? [words({ en: `imported from ${source}`, 'zh-CN': `导入自 ${source}` })]
        : []),
      ...(index === versions.length - 1
        ? [words({ en: `verified ${verified}`, 'zh-CN': `核对于 ${verified}` })]
        : []),
    ]
    return [name, version, os, date, String(count), notes.join(', ')]
  })
}

function describeOther(imported: Imported): string[][] {
  const { kind, date, source } = imported
  if (imported.kind === 'intermediates')
    return [[kind, '', '', date, String(imported.intermediates.size), source]]
  if (imported.kind === 'ct-logs')
    return [[kind, imported.version, '', date, String(imported.logs.length), source]]
  return []
}

async function find({ host, print, hint }: Invocation, query?: string): Promise<number> {
  if (!query)
    throw new UsageError({
      en: 'stores find: name a fingerprint or a part of a name',
      'zh-CN': 'stores find：请给出指纹或名称的一部分',
    })
  const { stores } = createWorld(Date.now(), await loadImports(foldersOf(host)))
  const found = stores.find(query)
  await print(
    columns(
      found
        .slice(0, MOST_SHOWN)
        .map(root => [
          root.sha256.slice(0, 16),
          root.name,
          root.key,
          root.notAfter,
          describeHoldings(stores.holders(root)),
        ]),
    ),
  )
  if (found.length > MOST_SHOWN)
    hint({
      en: `${found.length - MOST_SHOWN} more: ask for a longer part of the name`,
      'zh-CN': `另有 ${found.length - MOST_SHOWN} 项：请给出更长的名称`,
    })
  return found.length > 0 ? 0 : notFound(query)
}

function notFound(query: string): never {
  throw new UsageError({
    en: `no root matches ${query}`,
    'zh-CN': `没有与 ${query} 匹配的根证书`,
  })
}
