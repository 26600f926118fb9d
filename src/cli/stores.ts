/** `mpcert stores`: which trust stores are known, and who holds a root. */
import { UsageError } from '../errors.ts'
import { describeHoldings } from '../stores/describe.ts'
import { loadStores } from '../stores/load.ts'
import { columns } from './columns.ts'
import type { Invocation } from './invocation.ts'

const MOST_SHOWN = 50

export async function run({
  arguments: [action = 'list', query],
  print,
  hint,
}: Invocation): Promise<number> {
  const stores = loadStores()
  if (action === 'list') {
    const rows = stores.tables.flatMap(({ name, versions }) =>
      versions.map(({ version, os, date, count }) => [name, version, os, date, String(count)]),
    )
    await print(columns(rows))
    return 0
  }
  if (action !== 'find')
    throw new UsageError({
      en: `stores ${action}: choose list or find`,
      'zh-CN': `stores ${action}：可选 list 或 find`,
    })
  if (!query)
    throw new UsageError({
      en: 'stores find: name a fingerprint or a part of a name',
      'zh-CN': 'stores find：请给出指纹或名称的一部分',
    })
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
