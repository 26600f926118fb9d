/** `mpcert stores update`: newer lists than those that came with mpcert, kept in the user's data folder. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { DecodeError, UsageError } from '../errors.ts'

import { encodeImport, importFileName } from '../stores/import/import-file.ts'
import type { Imported, ImportedRoots } from '../stores/import/imported.ts'
import { readImport } from '../stores/import/read-import.ts'
import {
  type CountChange,
  type RootsChange,
  reviewIntermediates,
  reviewLogs,
  reviewRoots,
} from '../stores/import/review.ts'
import { type Root, STORE_NAMES, type StoreName } from '../stores/store.ts'
import { formatDay, same, type Text } from '../text.ts'
import { createWorld, type World } from '../world.ts'
import { loadImports } from './data-folder.ts'
import { foldersOf } from './folders.ts'
import { readSource } from './import-source.ts'
import type { Flags, Invocation } from './invocation.ts'
import { cannotWrite, writeWhole } from './write-file.ts'

/** Reads, judges, writes and says what changed; until all is judged nothing is written. */
export async function update(invocation: Invocation, now = Date.now()): Promise<number> {
  const { flags, host, print, locale } = invocation
  const from = flags.text('from')
  if (from === undefined) throw new UsageError(WHERE_FROM)
  const folders = foldersOf(host)
  if (folders.data === null) throw new UsageError(NO_FOLDER)
  const known = await loadImports(folders)
  const world = createWorld(now, known)
  const said = {
    date: dateFrom(flags, now),
    store: storeFrom(flags),
    version: flags.text('storeVersion') ?? null,
  }
  const request = { ...said, ...(await readSource(from)) }
  const imported = refusing(from, () => readImport(request, world.stores))
  const lines = review(imported, world)
  await write(folders.data, imported)
  await print(lines.map(line => `${line[locale]}\n`).join(''))
  if (imported.kind === 'roots')
    sayWhoUsesIt(imported, createWorld(now, [...known, imported]), invocation)
  return 0
}

const WHERE_FROM: Text = {
  en: 'stores update: name a folder, a file or a URL with --from',
  'zh-CN': 'stores update：请用 --from 给出文件夹、文件或网址',
}

const NO_FOLDER: Text = {
  en: 'there is no folder to keep imports in: name one with MPCERT_DATA_DIR',
  'zh-CN': '没有可保存导入数据的文件夹：请用 MPCERT_DATA_DIR 指定',
}

/** Each of the formats says where it is at fault. */
function refusing(from: string, work: () => Imported): Imported {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw new UsageError(
      {
        en: `nothing was changed: ${from} cannot be imported: ${error.text.en}`,
        'zh-CN': `未作任何更改：无法导入 ${from}：${error.text['zh-CN']}`,
      },
      { cause: error },
    )
  }
}

async function write(folder: string, imported: Imported): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (cause) {
    throw cannotWrite(folder, cause)
  }
  await writeWhole(path.join(folder, importFileName(imported)), encodeImport(imported))
}

function review(imported: Imported, world: World): readonly Text[] {
  switch (imported.kind) {
    case 'roots':
      return describeRoots(imported, reviewRoots(imported, world.stores))
    case 'intermediates': {
      const before = world.intermediates.entries.map(({ sha256 }) => sha256)
      const change = reviewIntermediates(imported, before)
      return [describeCount({ en: 'intermediates', 'zh-CN': '中间证书' }, imported.date, change)]
    }
    case 'ct-logs': {
      const change = reviewLogs(imported, world.ctLogs)
      const name = { en: `logs ${imported.version}`, 'zh-CN': `日志列表 ${imported.version}` }
      return [describeCount(name, imported.date, change)]
    }
  }
}

function describeRoots({ store, version, date }: ImportedRoots, change: RootsChange): Text[] {
  const { before, countBefore, countAfter, added, removed } = change
  const older = before && `${before.version} (${before.date})`
  const line = (sign: string, { sha256, name }: Root) =>
    same(`  ${sign} ${sha256.slice(0, 16)}  ${name}`)
  return [
    {
      en: `${store} ${version} (${date}): ${countAfter} roots for servers; before: ${older}, ${countBefore}`,
      'zh-CN': `${store} ${version}（${date}）：${countAfter} 个服务器根证书；此前：${older}，${countBefore} 个`,
    },
    ...(added.length + removed.length === 0 ? [UNCHANGED] : []),
    ...added.map(root => line('+', root)),
    ...removed.map(root => line('-', root)),
  ]
}

const UNCHANGED: Text = { en: '  the same roots', 'zh-CN': '  根证书没有变化' }

function describeCount(name: Text, date: string, change: CountChange): Text {
  const { before, after, added, removed } = change
  return {
    en: `${name.en} (${date}): ${after}; before: ${before}; ${added} added, ${removed} removed`,
    'zh-CN': `${name['zh-CN']}（${date}）：${after} 个；此前 ${before} 个；新增 ${added}，移除 ${removed}`,
  }
}

/** A list that is newer than every platform changes no verdict: that is said. */
function sayWhoUsesIt(
  { store, version }: ImportedRoots,
  { platforms, stores }: World,
  { hint }: Invocation,
): void {
  const listed = stores.tables.find(({ name }) => name === store)?.versions.at(-1)
  const users = platforms.filter(platform =>
    platform.stores.some(
      ref => ref.name === store && stores.versionFor(store, ref.version) === listed,
    ),
  )
  const ids = users.map(({ id }) => id).join(', ')
  hint(
    users.length > 0
      ? { en: `judged by it: ${ids}`, 'zh-CN': `使用该列表判定的平台：${ids}` }
      : {
          en: `no platform is as new as ${store} ${version}: verdicts stay as they are`,
          'zh-CN': `没有达到 ${store} ${version} 的平台：判定结果不变`,
        },
  )
}

function storeFrom(flags: Flags): StoreName | null {
  const given = flags.text('store')
  const store = STORE_NAMES.find(name => name === given)
  if (given === undefined || store) return store ?? null
  throw new UsageError({
    en: `--store ${given}: choose one of ${STORE_NAMES.join(', ')}`,
    'zh-CN': `--store ${given}：可选值为 ${STORE_NAMES.join('、')}`,
  })
}

function dateFrom(flags: Flags, now: number): string {
  const given = flags.value<number>('date') ?? now
  if (given <= now) return formatDay(given)
  throw new UsageError({
    en: `--date ${formatDay(given)}: that day is still to come`,
    'zh-CN': `--date ${formatDay(given)}：该日期尚未到来`,
  })
}
