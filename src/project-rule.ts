/** The contract of a static rule: a Mini Program's folder in, findings with places out. Its id is its file name. */
import { type EntryFault, judgeEntry, type UrlFault } from './miniprogram/allowed.ts'
import { CALLS, LIST_NAMES, type ListName } from './miniprogram/list.ts'
import type { Project } from './miniprogram/project.ts'
import type { UrlUse } from './miniprogram/use.ts'
import type { Place } from './place.ts'
import type { RuleWords, Severity } from './rule.ts'
import type { Text } from './text.ts'

/** What one rule says of one folder. */
export interface ProjectRule<Args = unknown> extends RuleWords<Args> {
  check(project: Project, live: LiveVerdicts | null): readonly ProjectEmission<Args>[]
}

export interface ProjectEmission<Args> {
  readonly args: Args
  /** Null where it concerns the folder as a whole. */
  readonly place: Place | null
  readonly lists: readonly ListName[]
  /** The rule's own severity unless said otherwise. */
  readonly severity?: Severity | undefined
  /** Tells two findings of one rule and file apart in fingerprints: never a line. */
  readonly about: string
}

/** What checks of live servers said, by `host:port`; null where none were made. */
export type LiveVerdicts = ReadonlyMap<
  string,
  { readonly problem: Text; readonly rule: string | null }
>

/** What the rules about URLs and entries say. */
export interface AddressArgs {
  /** The URL or the entry, as written. */
  readonly address: string
  /** What uses it, such as `wx.request`; null where that is not certain. */
  readonly by: string | null
  /** The list that decides. */
  readonly list: ListName
  /** The nearest entry of that list. */
  readonly entry: string | null
  /** Other lists that hold the host. */
  readonly elsewhere: readonly ListName[]
  readonly port: number | null
  /** An entry of the list rather than a URL of the sources. */
  readonly isEntry: boolean
}

/** Arguments as a rule's example has them. */
export const EXAMPLE_ADDRESS: AddressArgs = {
  address: 'https://api.example.com/login',
  by: 'wx.request',
  list: 'request',
  entry: null,
  elsewhere: [],
  port: null,
  isEntry: false,
}

/** Types a rule by what it says; returns it as it is. */
export function defineProjectRule<Args>(rule: ProjectRule<Args>): ProjectRule<Args> {
  return rule
}

/** URLs of the sources with this fault; one that nothing certain uses is a warning at most. */
export function urlsWith(
  fault: UrlFault,
  { urls }: Project,
): readonly ProjectEmission<AddressArgs>[] {
  return urls.flatMap(use => {
    const { verdict } = use
    if (verdict?.fault !== fault) return []
    const args: AddressArgs = {
      address: use.url.text,
      by: use.list ? use.by : null,
      list: use.list ?? 'request',
      entry: verdict.entry?.text ?? null,
      elsewhere: verdict.elsewhere,
      port: use.url.port,
      isEntry: false,
    }
    return [{ args, ...whereOf(use) }]
  })
}

export function entriesWith(
  fault: EntryFault,
  { domains, ruleSet }: Project,
): readonly ProjectEmission<AddressArgs>[] {
  return LIST_NAMES.flatMap(list => domains[list] ?? [])
    .filter(entry => judgeEntry(entry, ruleSet).includes(fault))
    .map(({ text, list, place, port }) => ({
      args: {
        address: text,
        by: CALLS[list],
        list,
        entry: text,
        elsewhere: [],
        port,
        isEntry: true,
      },
      place,
      lists: [list],
      about: `${list} ${text}`,
    }))
}

function whereOf({ place, list, url, by }: UrlUse): Omit<ProjectEmission<AddressArgs>, 'args'> {
  return {
    place,
    lists: list ? [list] : [],
    severity: list ? undefined : 'warn',
    about: `${by} ${url.text}`,
  }
}
