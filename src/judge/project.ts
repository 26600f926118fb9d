/** A Mini Program's folder, judged: every static rule applied, and one result like that of a server. Pure. */
import { sha256Hex, utf8 } from '../bytes.ts'
import { gradeOf, worstVerdict } from '../grade.ts'
import { MAX_TIMEOUT_MS, TIMEOUT_KEYS } from '../miniprogram/app.ts'
import type { ListName } from '../miniprogram/list.ts'
import { isOpen, type Project } from '../miniprogram/project.ts'
import { APIS } from '../platform.ts'
import type { LiveVerdicts, ProjectEmission, ProjectRule } from '../project-rule.ts'
import { projectRules } from '../project-rules/index.ts'
import type { FindingResult, TargetResult } from '../report.ts'
import { SEVERITIES } from '../rule.ts'

export function judgeProject(project: Project, live: LiveVerdicts | null = null): TargetResult {
  const said = Object.entries(projectRules).flatMap(([id, rule]) => apply(id, rule, project, live))
  const findings = numbered(said).toSorted(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      compare(a.rule, b.rule) ||
      compare(a.location?.file ?? '', b.location?.file ?? '') ||
      (a.location?.line ?? 0) - (b.location?.line ?? 0) ||
      (a.location?.column ?? 0) - (b.location?.column ?? 0),
  )
  const severities = findings.map(({ severity }) => severity)
  const unknownLists = listsNotKnown(project)
  const isOpenStill =
    unknownLists.length > 0 || project.skipped.some(isOpen) || project.broken.length > 0
  const found = severities.includes('error')
    ? 'fail'
    : severities.includes('warn')
      ? 'warn'
      : 'pass'
  const verdict = worstVerdict(isOpenStill ? [found, 'unknown'] : [found])
  const status = verdict === 'not-checked' ? 'unknown' : verdict
  return {
    input: project.folder,
    host: null,
    port: null,
    servername: null,
    status,
    grade: gradeOf(status, { breaksSoon: false, severities }),
    error: null,
    addresses: [],
    platforms: [],
    chains: [],
    server: null,
    findings,
    project: {
      files: project.files,
      urls: project.urls.length,
      calls: project.calls.length,
      unknownUrls: project.unknownUrls.length,
      unknownLists,
      timeouts: timeoutsInForce(project),
      skipped: [
        ...project.broken.map(({ file, line, column }) => ({
          file: `${file}:${line}:${column}`,
          why: 'syntax',
        })),
        ...project.skipped,
      ],
    },
  }
}

type Said = Omit<FindingResult, 'fingerprint'> & { readonly about: string }

function apply(
  id: string,
  rule: ProjectRule,
  project: Project,
  live: LiveVerdicts | null,
): readonly Said[] {
  return rule.check(project, live).map(emission => toFinding(id, rule, emission))
}

function toFinding(id: string, rule: ProjectRule, emission: ProjectEmission<unknown>): Said {
  const { args, place, lists, severity = rule.severity, about } = emission
  return {
    rule: id,
    severity,
    title: rule.title,
    message: rule.message(args),
    fix: rule.fix(args),
    evidence: args,
    platforms: [],
    apis: APIS.filter(api => lists.includes(api)),
    chain: null,
    ...(place ? { location: place } : {}),
    about,
  }
}

/** The n-th of its kind in a file keeps its fingerprint when lines move. */
function numbered(said: readonly Said[]): readonly FindingResult[] {
  const seen = new Map<string, number>()
  return said.map(({ about, ...finding }) => {
    const key = [finding.rule, finding.location?.file ?? '', about].join('\n')
    const count = (seen.get(key) ?? 0) + 1
    seen.set(key, count)
    return { ...finding, fingerprint: sha256Hex(utf8(`${key}\n${count}`)) }
  })
}

/** Lists that some call needs and nobody gave: what they would have said is not known. */
function listsNotKnown({ urls }: Project): readonly ListName[] {
  const missing = urls.flatMap(({ list, verdict }) =>
    list && verdict?.allowed === null ? [list] : [],
  )
  return [...new Set(missing)]
}

/** How long each kind of call waits, ms, where it says nothing itself; by key of `networkTimeout`. */
export function timeoutsInForce({
  timeouts,
}: Pick<Project, 'timeouts'>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    TIMEOUT_KEYS.map(key => {
      const ms = timeouts.findLast(timeout => timeout.key === key)?.ms ?? MAX_TIMEOUT_MS
      return [key, Math.min(ms, MAX_TIMEOUT_MS)]
    }),
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
