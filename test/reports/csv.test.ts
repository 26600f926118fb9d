import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import report from '../../src/reports/csv.ts'
import { draw, project, result, resultOf, targets } from '../helpers/results.ts'

const rows = (text: string): Readonly<Record<string, string>>[] =>
  parse(text, { columns: true, record_delimiter: '\r\n' })

it('has a row per cell, and one that says why for whom nobody could ask', () => {
  const all = rows(draw(report))
  const cells = result.targets.flatMap(target =>
    target.platforms.flatMap(({ id, cells: own }) =>
      own.map(({ api, verdict }) => [target.input, id, api, verdict]),
    ),
  )
  const asked = all.filter(({ status }) => status !== 'unreachable')
  expect(asked.map(row => [row['target'], row['platform'], row['api'], row['verdict']])).toEqual(
    cells,
  )
  expect(all.filter(({ status }) => status === 'unreachable')).toEqual([
    expect.objectContaining({ target: 'gone.example', port: '443', reasons: 'ERR_CONNECT' }),
  ])
})

it('names the rules of a cell that fails', () => {
  const failed = rows(draw(report, resultOf([targets.over])))
  expect(new Set(failed.map(({ verdict, reasons }) => `${verdict} ${reasons}`))).toEqual(
    new Set(['fail cert-expired']),
  )
})

it('has a row per finding of a folder, with its place', () => {
  expect(
    rows(draw(report, resultOf([project]))).map(({ file, line, reasons }) => [file, line, reasons]),
  ).toEqual(
    project.findings.map(({ rule, location }) => [
      location?.file ?? '',
      String(location?.line ?? ''),
      rule,
    ]),
  )
})

it('is a header alone without targets', () => {
  expect(draw(report, resultOf([]))).toBe(
    'target,host,port,status,grade,platform,api,verdict,reasons,file,line\r\n',
  )
})
