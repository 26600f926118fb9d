/** A Mini Program, read: everything the static rules look at. Types, and how one folder becomes them. */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { UsageError } from '../errors.ts'
import type { Place } from '../place.ts'
import { judgeMention, judgeUrl, type UrlVerdict } from './allowed.ts'
import { type AppFacts, appFacts, readSettings, type Settings } from './app.ts'
import type { Config } from './config.ts'
import { LEFT_OUT, type Skipped, type SkipReason, walk } from './folder.ts'
import type { DomainList } from './list.ts'
import { ignoredBy } from './pack-ignore.ts'
import { DEFAULT_RULE_SET, type RuleSet, ruleSets } from './rule-set.ts'
import { readSources } from './sources.ts'
import type { JudgedUse, ProjectCall, UrlUse } from './use.ts'

export interface Project extends AppFacts {
  /** As the user named it. */
  readonly folder: string
  readonly ruleSet: RuleSet
  readonly domains: DomainList
  readonly urls: readonly JudgedUse[]
  readonly calls: readonly ProjectCall[]
  /** Calls whose host is known at run time alone. */
  readonly unknownUrls: readonly Place[]
  /** Files that were read. */
  readonly files: number
  readonly skipped: readonly Skipped[]
  /** Comments and commas that DevTools may refuse; they were read. */
  readonly loose: readonly Place[]
  /** Warnings by hand may be errors before an upload. */
  readonly gate: boolean
}

export interface ReadOptions {
  readonly config: Config
  readonly ruleSet?: RuleSet | undefined
  readonly gate?: boolean | undefined
  readonly signal?: AbortSignal | undefined
}

/** Whether something was left unread that may be part of the program. */
export function isOpen({ why }: { readonly why: SkipReason }): boolean {
  return !LEFT_OUT.has(why)
}

/** @throws UsageError where the folder is none, or holds nothing to check */
export async function readProject(folder: string, options: ReadOptions): Promise<Project> {
  const { config } = options
  const root = path.resolve(folder)
  await requireFolder(root, folder)
  const settings = await readSettings(root)
  const roots = await rootsOf(root, settings)
  const app = await appFacts(root, roots[0] ?? '', settings)
  const listings = await Promise.all(
    roots.map(async inner => {
      const prefix = inner === '' ? '' : `${inner}/`
      const { files, skipped } = await walk(path.join(root, inner), {
        isIgnored: ignoredBy(settings.shared.value),
        isSource: !app.found,
      })
      return {
        files: files.map(file => prefix + file),
        skipped: skipped.map(({ file, why }) => ({ file: prefix + file, why })),
      }
    }),
  )
  const files = [...new Set(listings.flatMap(listing => listing.files))]
  const sources = await readSources(root, roots[0] ?? '', files, options.signal)
  const read = new Set([...settings.read, ...app.read, ...sources.files])
  if (read.size === 0 && sources.skipped.length === 0)
    throw new UsageError({
      en: `${folder} holds nothing of a Mini Program: no app.json, no project.config.json, no sources`,
      'zh-CN': `${folder} 中没有小程序的内容：没有 app.json、project.config.json 或源文件`,
    })
  const ruleSet = options.ruleSet ?? ruleSets[config.ruleSet ?? DEFAULT_RULE_SET]
  const domains = config.domains ?? {}
  const { appid } = app
  return {
    ...app,
    folder,
    ruleSet,
    domains,
    appid: appid.value === null && config.appid ? { value: config.appid, place: null } : appid,
    broken: [...settings.broken, ...app.broken],
    loose: [...settings.loose, ...app.loose],
    urls: sources.urls.map(use => ({ ...use, verdict: judgeUse(use, domains, ruleSet) })),
    calls: sources.calls,
    unknownUrls: sources.unknownUrls,
    files: read.size,
    skipped: [...listings.flatMap(listing => listing.skipped), ...sources.skipped],
    gate: options.gate ?? false,
  }
}

function judgeUse(
  { url, use, list }: UrlUse,
  domains: DomainList,
  ruleSet: RuleSet,
): UrlVerdict | null {
  if (list) return judgeUrl(url, list, domains, ruleSet)
  return use === 'mention' ? judgeMention(url, domains, ruleSet) : null
}

async function requireFolder(root: string, folder: string): Promise<void> {
  const found = await stat(root).catch(() => null)
  if (found?.isDirectory()) return
  throw new UsageError(
    found
      ? { en: `${folder} is no folder`, 'zh-CN': `${folder} 不是文件夹` }
      : { en: `${folder}: no such folder`, 'zh-CN': `${folder}：文件夹不存在` },
  )
}

/** The folders of the program and of its plugin, relative to the one that was named; none of them leads out of it. */
async function rootsOf(root: string, { programRoot, pluginRoot }: Settings): Promise<string[]> {
  const wanted = [programRoot ?? '', ...(pluginRoot === null ? [] : [pluginRoot])]
  const inside = wanted
    .map(one => path.posix.normalize(one.replaceAll('\\', '/')).replace(/^\.?\/|\/$/g, ''))
    .map(one => (one === '.' ? '' : one))
  for (const one of inside) {
    const isOut = one.startsWith('..')
    if (!isOut && (await stat(path.join(root, one)).catch(() => null))?.isDirectory()) continue
    throw new UsageError({
      en: isOut
        ? `project.config.json: ${one} leads out of the folder`
        : `project.config.json names ${one}/, which is not there: build the program first`,
      'zh-CN': isOut
        ? `project.config.json：${one} 位于文件夹之外`
        : `project.config.json 指定的 ${one}/ 不存在：请先构建小程序`,
    })
  }
  return [...new Set(inside)]
}
