// The house's floors: imports go down only, and every file stands on one.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** From the ground up; what stands on one line is one floor, whose rooms may know each other unless said otherwise. */
const FLOORS: readonly (readonly string[])[] = [
  [
    'errors',
    'fault-words',
    'bytes',
    'text',
    'shape',
    'version',
    'silence',
    'place',
    'nearest',
    'libraries',
  ],
  ['wire', 'x509'],
  ['connect'],
  ['starttls'],
  ['hello', 'hellos', 'stores'],
  ['capture'],
  ['policy', 'limits', 'platform', 'families', 'platforms', 'world'],
  ['observation', 'observation-file'],
  ['probe', 'probes', 'observe', 'scan', 'miniprogram', 'chain'],
  ['facts'],
  [
    'rule',
    'rules',
    'project-rule',
    'project-rules',
    'rule-book',
    'ignore-expired',
    'weaknesses',
    'advice',
    'sources',
  ],
  ['dialect', 'causes', 'dialects'],
  ['grade'],
  ['report', 'level', 'reports', 'messenger', 'messengers'],
  ['judge', 'result', 'check', 'set-aside'],
  ['index', 'types'],
  ['cli'],
]

/** Rooms of one floor that must not know each other. */
const STRANGERS: readonly (readonly [string, string])[] = [
  ['wire', 'x509'],
  ['x509', 'wire'],
  ['probes', 'chain'],
  ['observe', 'chain'],
  ['chain', 'probes'],
  ['chain', 'observe'],
  ['scan', 'chain'],
  ['chain', 'scan'],
]

/** Where files, sockets, terminals and processes may be touched. */
const IO_ROOMS = ['connect', 'starttls', 'probes', 'observe', 'scan', 'miniprogram', 'cli']
/** Data files beside the code that reads them are no input. */
const IO_EXCEPTIONS = ['stores/file.ts']
const IO_MODULES =
  /^node:(?:fs|fs\/promises|net|tls|http|https|http2|dns|dns\/promises|child_process|readline|dgram|worker_threads|os|process)$/

const root = fileURLToPath(new URL('../src', import.meta.url))
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map(file => file.split(path.sep).join('/'))
  .filter(file => file.endsWith('.ts'))

interface Import {
  readonly from: string
  readonly type: boolean
}

function importsOf(file: string): Import[] {
  // Examples in comments import what they like.
  const source = readFileSync(path.join(root, file), 'utf8').replace(/\/\*\*.*?\*\//gs, '')
  const found = source.matchAll(
    /^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\b(?:import|getBuiltinModule)\('([^']+)'\)/gms,
  )
  return [...found].map(([, type, from, dynamic]) => ({
    from: from ?? dynamic ?? '',
    type: type !== undefined,
  }))
}

function roomOf(file: string): string {
  return file.includes('/') ? (file.split('/')[0] ?? '') : file.replace(/\.ts$/, '')
}

function floorOf(file: string): number {
  return FLOORS.findIndex(rooms => rooms.includes(roomOf(file)))
}

describe.each(files)('src/%s', file => {
  const local = importsOf(file)
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from }) => path.posix.join(path.posix.dirname(file), from))

  it('stands on a floor', () => {
    expect(floorOf(file), `${roomOf(file)} is in no floor of the list`).toBeGreaterThanOrEqual(0)
  })

  it('imports files that exist', () => {
    expect(
      local.filter(imported => !files.includes(imported) && !imported.startsWith('..')),
    ).toEqual([])
  })

  it('imports from its own floor or below', () => {
    const above = local.filter(imported => floorOf(imported) > floorOf(file))
    expect(above).toEqual([])
  })

  it('leaves its strange neighbours alone', () => {
    const strangers = local.filter(imported =>
      STRANGERS.some(([a, b]) => roomOf(file) === a && roomOf(imported) === b),
    )
    expect(strangers).toEqual([])
  })

  it('touches files and sockets only where that is the job', () => {
    const touched = importsOf(file).filter(({ from, type }) => !type && IO_MODULES.test(from))
    const allowed = IO_ROOMS.includes(roomOf(file)) || IO_EXCEPTIONS.includes(file)
    expect(allowed ? [] : touched).toEqual([])
  })
})

it('knows no rule in a report, and no socket in a rule', () => {
  const reports = files.filter(file => roomOf(file) === 'reports')
  const rules = files.filter(file => roomOf(file) === 'rules')
  expect(reports.flatMap(importsOf).filter(({ from }) => /\/rules\//.test(from))).toEqual([])
  expect(
    rules.flatMap(importsOf).filter(({ from }) => /\/(?:observe|probes)\//.test(from)),
  ).toEqual([])
})
