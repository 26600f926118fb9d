/** Finds and reads the user's configuration: the nearest one upward to the root of the repository. */
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { MpcertError, systemCode, UsageError } from '../errors.ts'
import { importDefault } from '../libraries.ts'
import { type Config, type PlaceOf, readConfig } from './config.ts'
import { type JsonValue, memberAt, parseJson } from './json.ts'

export interface ConfigFile {
  /** Absolute. */
  readonly file: string
  readonly config: Config
}

export interface ConfigSearch {
  /** What the user named, relative to `cwd`. */
  readonly named?: string | undefined
  readonly cwd: string
  /** Where the search begins; default `cwd`. */
  readonly from?: string | undefined
  /** Finds the places of entries; files in them are relative to this folder. */
  readonly placesFor?: string | undefined
  /** A module that was found and not run, for it is code from elsewhere. */
  readonly onSkipped?: (file: string) => void
}

/** Null where there is none. @throws MpcertError ERR_USAGE or ERR_FILE, in one line that names the file */
export async function loadConfig(search: ConfigSearch): Promise<ConfigFile | null> {
  const { named, cwd, from = cwd, onSkipped = () => undefined } = search
  if (named !== undefined) return load(path.resolve(cwd, named), search)
  for (const folder of upward(path.resolve(from))) {
    const json = path.join(folder, 'mpcert.config.json')
    if (await isFile(json)) return load(json, search)
    const code = path.join(folder, 'mpcert.config.mjs')
    if (await isFile(code)) {
      if (folder === path.resolve(cwd)) return load(code, search)
      onSkipped(code)
    }
    const manifest = path.join(folder, 'package.json')
    if (await holdsConfig(manifest)) return load(manifest, search)
    if (await exists(path.join(folder, '.git'))) return null
  }
  return null
}

function* upward(folder: string): Generator<string> {
  for (let at = folder; ; at = path.dirname(at)) {
    yield at
    if (path.dirname(at) === at) return
  }
}

async function load(file: string, { placesFor }: ConfigSearch): Promise<ConfigFile> {
  const named = placesFor ?? path.dirname(file)
  const relative = path.relative(named, file).split(path.sep).join('/')
  try {
    if (file.endsWith('.mjs')) return { file, config: readConfig(await importConfig(file)) }
    const isManifest = path.basename(file) === 'package.json'
    const { value, places } = await readJson(file, relative, placesFor !== undefined)
    const own = isManifest ? (value as { mpcert?: unknown }).mpcert : value
    const at: PlaceOf = keys => places(isManifest ? ['mpcert', ...keys] : keys)
    return { file, config: readConfig(own, at) }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    throw new UsageError(
      { en: `${file}: ${error.text.en}`, 'zh-CN': `${file}：${error.text['zh-CN']}` },
      { cause: error },
    )
  }
}

/** Places cost a parser, so they are looked for only where they are needed or the file is broken. */
async function readJson(
  file: string,
  name: string,
  wantsPlaces: boolean,
): Promise<{ value: unknown; places: PlaceOf }> {
  const content = await read(file)
  if (!wantsPlaces)
    try {
      return { value: JSON.parse(content.replace(/^\ufeff/, '')), places: () => null }
    } catch {
      // The careful parser says where, or reads comments.
    }
  const { value, faults } = await parseJson(content, name)
  const [fault] = faults
  if (!value) {
    const { line, column } = fault?.place ?? { line: 1, column: 1 }
    throw new UsageError({
      en: `not JSON, at line ${line}, column ${column}`,
      'zh-CN': `不是有效的 JSON（第 ${line} 行第 ${column} 列）`,
    })
  }
  return { value: toPlain(value), places: keys => placeAt(value, keys) }
}

function placeAt(value: JsonValue, [key, ...rest]: readonly string[]): ReturnType<PlaceOf> {
  if (key === undefined) return value.place
  const inner = value.kind === 'list' ? value.items[Number(key)] : memberAt(value, key)?.value
  return inner ? placeAt(inner, rest) : null
}

function toPlain(value: JsonValue): unknown {
  if (value.kind === 'list') return value.items.map(toPlain)
  if (value.kind === 'object')
    return Object.fromEntries(value.members.map(({ key, value: item }) => [key, toPlain(item)]))
  return value.value
}

async function importConfig(file: string): Promise<unknown> {
  try {
    return await importDefault(pathToFileURL(file).href)
  } catch (cause) {
    const code = systemCode(cause)
    const why = code === 'ERR_MODULE_NOT_FOUND' ? code : String(cause)
    throw new UsageError({ en: `cannot be run: ${why}`, 'zh-CN': `无法运行：${why}` }, { cause })
  }
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const code = systemCode(cause) ?? String(cause)
    throw new MpcertError(
      'ERR_FILE',
      { en: `${file} cannot be read: ${code}`, 'zh-CN': `无法读取 ${file}：${code}` },
      { phase: 'read', cause },
    )
  }
}

/** A manifest that is broken holds none of ours; its own tools will say so. */
async function holdsConfig(manifest: string): Promise<boolean> {
  if (!(await isFile(manifest))) return false
  try {
    const { mpcert } = JSON.parse(await read(manifest)) as { mpcert?: unknown }
    return typeof mpcert === 'object' && mpcert !== null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return false
    throw error
  }
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null))?.isFile() === true
}
