// The report for people, drawn for every width, language and terminal, from a saved observation.
import { readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Server } from '../../src/facts/server.ts'
import { judge } from '../../src/judge/judge.ts'
import { decodeObservation } from '../../src/observation-file.ts'
import { type ReportOptions, type Result, render, type Style } from '../../src/report.ts'
import { displayWidth } from '../../src/reports/text/layout.ts'
import report from '../../src/reports/text.ts'
import { toResult } from '../../src/result.ts'
import { withAnchors } from '../../src/stores/derive.ts'
import { LOCALES } from '../../src/text.ts'
import { createWorld } from '../../src/world.ts'
import { readCertificates } from '../../src/x509/container.ts'

const folder = new URL('../readme/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder))
const paint: Style['paint'] = (how, text) => `\u001b[${how.length}m${text}\u001b[0m`
const plain: Style = { color: false, ascii: false, width: 100, paint }
const options = (style: Partial<Style>, more: Partial<ReportOptions> = {}): ReportOptions => ({
  locale: 'en',
  expand: false,
  ...more,
  style: { ...plain, ...style },
})

let result: Result
beforeAll(() => {
  const observation = decodeObservation(read('observation.json').toString(), 'observation.json')
  const world = createWorld(observation.observedAt)
  const root = readCertificates(new Uint8Array(read('root.pem')))
  const trusting = { ...world, stores: withAnchors(world.stores, root) }
  const run = { toolVersion: '0', startedAt: 0, durationMs: 0 }
  result = toResult([judge(observation, trusting)], trusting, run)
})

const draw = (drawing: ReportOptions) => render(report, result, drawing)
/** Lines to paste must not be broken. */
const isSnippet = (line: string) => /ssl_certificate|SSLCertificate|tls \//.test(line)

describe.each(LOCALES.flatMap(locale => [80, 100, 160].map(width => [locale, width] as const)))(
  '%s at %d columns',
  (locale, width) => {
    it('fits', () => {
      const lines = draw(options({ width }, { locale })).split('\n')
      const long = lines.filter(line => displayWidth(line) > width && !isSnippet(line))
      expect(long).toEqual([])
    })

    it('says the same with colour', () => {
      const colored = draw(options({ width, color: true }, { locale }))
      expect(colored).toContain('\u001b[')
      expect(stripVTControlCharacters(colored)).toBe(draw(options({ width }, { locale })))
    })
  },
)

describe('the line on the server', () => {
  const line = (change: Partial<Server>, locale: ReportOptions['locale'] = 'en') => {
    const [target] = result.targets
    const server = target?.server && { ...target.server, ...change }
    const changed = { ...result, targets: [{ ...target!, server: server ?? null }] }
    const text = render(report, changed, options({ width: 200 }, { locale }))
    return text.split('\n').find(one => /^(?:Server|服务器) {2}/.test(one))
  }

  it('says what holds for all, in a few words', () => {
    expect(line({ alpn: ['h2'], keys: ['ECDSA', 'RSA'] })).toBe(
      'Server  TLS 1.3, 1.2 · forward secrecy · h2 · ECDSA and RSA certificates · session tickets',
    )
    expect(line({ resumption: false, withoutName: { answer: 'refused', how: 'closed' } })).toMatch(
      /session tickets · resumes no session · refuses clients without SNI$/,
    )
    expect(line({ clientCertificate: 'asked', forwardSecrecy: 'none' }, 'zh-CN')).toMatch(
      /无前向保密.*请求客户端证书$/,
    )
  })

  it('says what nobody found out', () => {
    const unknown = { compression: null, weakSuites: null }
    expect(line(unknown)).toMatch(/ · not found out: compression, weak suites$/)
    expect(line(unknown, 'zh-CN')).toMatch(/ · 未能查明：压缩、弱套件$/)
  })
})

it('never speaks by colour alone: signs and words say it too', () => {
  const text = draw(options({}))
  expect(text).toMatch(/Android 7\.0–17 +✗ fail° +✗ fail +✗ fail° +F +The chain is incomplete/)
  expect(text).toMatch(/iOS 12\.2–26 +! warn° +! warn +! warn° +B/)
  expect(text).toContain('✗ missing: Example CA E7')
  expect(text).toContain('° judged with a borrowed ClientHello')
})

it('draws in ASCII', () => {
  const text = draw(options({ ascii: true }))
  expect(text).toMatch(/Android 7\.0-17 +FAIL\* +FAIL +FAIL\*/)
  expect(text.replaceAll('…', '')).toMatch(/^[\x20-\x7e\n]*$/)
})

it('gives every platform a row when asked', () => {
  const rows = draw(options({}, { expand: true })).split('\n')
  for (const { title } of result.targets[0]!.platforms)
    expect(rows.filter(row => row.trimStart().startsWith(`${title.en} `))).not.toEqual([])
})

it('names each finding and each fix once', () => {
  const text = draw(options({}))
  expect(text.split('chain-incomplete')).toHaveLength(2)
  expect(text.split('Deploy the full chain')).toHaveLength(2)
})
