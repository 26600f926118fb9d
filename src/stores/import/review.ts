/** What an import would change; one that cannot be right is refused before anything is changed. */
import { UsageError } from '../../errors.ts'
import type { CtLog } from '../ct-logs.ts'
import type { Root, StoreName, Stores, StoreVersion } from '../store.ts'
import { isServerAnchor, supersedes, withVersion } from './apply.ts'
import type { ImportedIntermediates, ImportedLogs, ImportedRoots } from './imported.ts'

/** What differs between two versions of a store; anchors for TLS servers alone. */
export interface RootsChange {
  readonly before: StoreVersion | null
  readonly countBefore: number
  readonly countAfter: number
  readonly added: readonly Root[]
  readonly removed: readonly Root[]
}

/** No store was ever so small. */
const FEWEST_ROOTS = 20
/** Lists that browsers load hold dozens. */
const FEWEST_LOGS = 5

/** @throws UsageError where the list is older than what is known, too short, or lacks most of what was there */
export function reviewRoots(list: ImportedRoots, stores: Stores): RootsChange {
  const table = stores.tables.find(({ name }) => name === list.store)
  const before = table?.versions.at(-1) ?? null
  if (!supersedes(stores, list))
    throw refused(
      `${list.store} ${list.version} (${list.date}) is older than what is known: ${before?.version}, verified ${table?.verified}`,
      `${list.store} ${list.version}（${list.date}）早于已有数据：${before?.version}，核对于 ${table?.verified}`,
    )
  const after = withVersion(stores, list)
  const old = anchorsOf(stores, list.store)
  const fresh = anchorsOf(after, list.store)
  if (list.roots.length < FEWEST_ROOTS)
    throw refused(
      `${list.roots.length} roots are too few for a store: at least ${FEWEST_ROOTS} are expected`,
      `只有 ${list.roots.length} 个根证书，少于根证书库应有的数量：至少 ${FEWEST_ROOTS} 个`,
    )
  const removed = [...old.values()].filter(({ sha256 }) => !fresh.has(sha256))
  if (removed.length * 2 > old.size)
    throw refused(
      `${removed.length} of ${old.size} roots of ${list.store} would be gone: this is no list of that store`,
      `${list.store} 的 ${old.size} 个根证书中有 ${removed.length} 个将被移除：这不像是该根证书库的列表`,
    )
  return {
    before,
    countBefore: old.size,
    countAfter: fresh.size,
    added: [...fresh.values()].filter(({ sha256 }) => !old.has(sha256)),
    removed,
  }
}

/** How many are new, and how many gone, of things that have a name each. */
export interface CountChange {
  readonly before: number
  readonly after: number
  readonly added: number
  readonly removed: number
}

/** @throws UsageError where there are none, or most of those imported before would be gone */
export function reviewIntermediates(
  { intermediates }: ImportedIntermediates,
  before: readonly string[],
): CountChange {
  const change = compare(
    before,
    intermediates.entries.map(({ sha256 }) => sha256),
  )
  if (change.after === 0) throw refused('the report holds no intermediate', '该报告中没有中间证书')
  if (change.removed * 2 > change.before)
    throw refused(
      `${change.removed} of ${change.before} intermediates would be gone: the report is cut off`,
      `${change.before} 个中间证书中有 ${change.removed} 个将被移除：该报告不完整`,
    )
  return change
}

/** @throws UsageError where hardly any log takes certificates */
export function reviewLogs({ logs }: ImportedLogs, before: readonly CtLog[]): CountChange {
  const usable = logs.filter(({ state }) => state === 'usable' || state === 'qualified').length
  if (usable < FEWEST_LOGS)
    throw refused(
      `only ${usable} logs are usable: at least ${FEWEST_LOGS} are expected`,
      `只有 ${usable} 个日志可用：至少应有 ${FEWEST_LOGS} 个`,
    )
  const ids = (list: readonly CtLog[]) => list.map(({ id }) => id)
  return compare(ids(before), ids(logs))
}

function compare(before: readonly string[], after: readonly string[]): CountChange {
  const [old, fresh] = [new Set(before), new Set(after)]
  return {
    before: old.size,
    after: fresh.size,
    added: [...fresh].filter(one => !old.has(one)).length,
    removed: [...old].filter(one => !fresh.has(one)).length,
  }
}

function anchorsOf({ tables, roots }: Stores, store: StoreName): ReadonlyMap<string, Root> {
  const newest = tables.find(({ name }) => name === store)?.versions.at(-1)
  const held = roots.filter(
    root =>
      isServerAnchor(root, store) &&
      (root.intervals[store] ?? []).some(([, until]) => until === null),
  )
  return new Map(newest ? held.map(root => [root.sha256, root]) : [])
}

function refused(en: string, zh: string): UsageError {
  return new UsageError({ en: `nothing was changed: ${en}`, 'zh-CN': `未作任何更改：${zh}` })
}
