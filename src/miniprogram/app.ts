/** app.json, game.json, project.config.json and its private companion: settings with their places. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Place } from '../place.ts'
import { orUnreadable } from './folder.ts'
import { type JsonMember, type JsonValue, memberAt, parseJson, textAt } from './json.ts'

export interface AppFacts {
  /** There is an app.json or a game.json. */
  readonly found: boolean
  readonly timeouts: readonly Timeout[]
  readonly appid: { readonly value: string | null; readonly place: Place | null }
  /** `setting.urlCheck`; null where nothing is said. */
  readonly urlCheck: { readonly value: boolean; readonly place: Place } | null
  /** Configuration files that were read, relative to the folder that was named. */
  readonly read: readonly string[]
  /** Configuration files that are no JSON. */
  readonly broken: readonly Place[]
}

/** A member of `networkTimeout`. */
export interface Timeout {
  readonly key: string
  readonly value: string
  /** Null where it is no positive integer. */
  readonly ms: number | null
  readonly known: boolean
  readonly place: Place
}

/** The longest that a client waits, whatever is asked for. */
export const MAX_TIMEOUT_MS = 60_000

export const TIMEOUT_KEYS: readonly string[] = [
  'request',
  'connectSocket',
  'uploadFile',
  'downloadFile',
]

interface JsonRead {
  readonly value: JsonValue | null
  readonly read: readonly string[]
  readonly broken: readonly Place[]
  readonly loose: readonly Place[]
}

export interface Settings extends Omit<JsonRead, 'value'> {
  readonly shared: JsonRead
  readonly own: JsonRead
  readonly programRoot: string | null
  readonly pluginRoot: string | null
}

export async function readSettings(root: string): Promise<Settings> {
  const shared = await readJson(root, 'project.config.json')
  const own = await readJson(root, 'project.private.config.json')
  const programRoot = textAt(shared.value, 'miniprogramRoot') ?? null
  return {
    shared,
    own,
    programRoot: textAt(shared.value, 'srcMiniprogramRoot') ?? programRoot,
    pluginRoot: textAt(shared.value, 'pluginRoot') ?? null,
    ...both(shared, own),
  }
}

/** `folder` is that of the program, relative to `root`. */
export async function appFacts(
  root: string,
  folder: string,
  { shared, own }: Settings,
): Promise<AppFacts & { readonly loose: readonly Place[] }> {
  const app = await readJson(root, path.posix.join(folder, 'app.json'))
  const game = await readJson(root, path.posix.join(folder, 'game.json'))
  const appid = memberAt(own.value, 'appid') ?? memberAt(shared.value, 'appid')
  const check =
    memberAt(own.value, 'setting', 'urlCheck') ?? memberAt(shared.value, 'setting', 'urlCheck')
  return {
    found: app.read.length > 0 || game.read.length > 0,
    timeouts: [app, game].flatMap(({ value }) => timeoutsIn(value)),
    appid: {
      value: appid?.value.kind === 'text' && appid.value.value !== '' ? appid.value.value : null,
      place: appid?.place ?? shared.value?.place ?? null,
    },
    urlCheck:
      check?.value.kind === 'other' && typeof check.value.value === 'boolean'
        ? { value: check.value.value, place: check.place }
        : null,
    ...both(app, game),
  }
}

function timeoutsIn(app: JsonValue | null): readonly Timeout[] {
  const value = memberAt(app, 'networkTimeout')?.value
  return value?.kind === 'object' ? value.members.map(toTimeout) : []
}

function toTimeout({ key, value, place }: JsonMember): Timeout {
  const given = value.kind === 'other' || value.kind === 'text' ? value.value : `(${value.kind})`
  const ms = typeof given === 'number' && Number.isInteger(given) && given > 0 ? given : null
  return { key, value: JSON.stringify(given), ms, known: TIMEOUT_KEYS.includes(key), place }
}

/** Nothing where there is no such file. */
async function readJson(root: string, file: string): Promise<JsonRead> {
  const text = await readFile(path.join(root, file), 'utf8').catch(orUnreadable)
  if (text === null) return { value: null, read: [], broken: [], loose: [] }
  const { value, faults } = await parseJson(text, file)
  const places = faults.map(({ place }) => place)
  return {
    value,
    read: [file],
    broken: value ? [] : places.slice(0, 1),
    loose: value ? places.slice(0, 1) : [],
  }
}

function both(a: JsonRead, b: JsonRead): Omit<JsonRead, 'value'> {
  return {
    read: [...a.read, ...b.read],
    broken: [...a.broken, ...b.broken],
    loose: [...a.loose, ...b.loose],
  }
}
