import { describe, expect, it } from 'vitest'
import report from '../../src/reports/prometheus.ts'
import { NOW } from '../helpers/certs.ts'
import { parseMetrics } from '../helpers/metrics.ts'
import { draw, result, resultOf, targets } from '../helpers/results.ts'

const DAY_S = 86_400
const metrics = parseMetrics(draw(report))
const sampleOf = (name: string, target: string, more: Readonly<Record<string, string>> = {}) =>
  metrics.find(
    metric =>
      metric.name === name &&
      Object.entries({ target: `${target}:443`, ...more }).every(
        ([label, value]) => metric.labels[label] === value,
      ),
  )?.value

it('names the families that dashboards know', () => {
  expect(new Set(metrics.map(({ name }) => name))).toEqual(
    new Set([
      'probe_success',
      'probe_ssl_earliest_cert_expiry',
      'probe_ssl_last_chain_expiry_timestamp_seconds',
      'probe_tls_version_info',
      'mpcert_platform_ok',
      'mpcert_findings',
      'mpcert_level',
      'mpcert_last_run_timestamp_seconds',
      'mpcert_build_info',
    ]),
  )
})

it('says each once', () => {
  const said = metrics.map(({ name, labels }) => JSON.stringify([name, labels]))
  expect(new Set(said).size).toBe(said.length)
})

describe('expiry', () => {
  it.each([
    ['sound.example', 60],
    ['soon.example', 3],
    ['over.example', -1],
    ['partial.example', 60],
  ])('of %s, whatever the verdict', (target, days) => {
    expect(sampleOf('probe_ssl_earliest_cert_expiry', target)).toBe(NOW / 1000 + days * DAY_S)
  })

  it('of a path only where there is one', () => {
    const family = 'probe_ssl_last_chain_expiry_timestamp_seconds'
    expect(sampleOf(family, 'sound.example')).toBe(NOW / 1000 + 60 * DAY_S)
    expect(sampleOf(family, 'partial.example')).toBeUndefined()
  })
})

it('tells what works from what does not', () => {
  const success = Object.values(targets).map(({ input }) => sampleOf('probe_success', input))
  expect(success).toEqual([1, 1, 0, 0, 0, 0])
  const cell = { platform: 'android-14', api: 'upload' }
  expect(sampleOf('mpcert_platform_ok', 'sound.example', cell)).toBe(1)
  expect(sampleOf('mpcert_platform_ok', 'over.example', cell)).toBe(0)
  expect(sampleOf('mpcert_platform_ok', 'gone.example', cell)).toBeUndefined()
  expect(sampleOf('probe_tls_version_info', 'sound.example', { version: 'TLS 1.3' })).toBe(1)
})

it('counts no finding that was set aside', () => {
  const severity = { severity: 'error' }
  expect(sampleOf('mpcert_findings', 'over.example', severity)).toBe(1)
  expect(sampleOf('mpcert_findings', 'aside.example', severity)).toBe(0)
})

it('has one level that holds for each target', () => {
  for (const { input } of result.targets) {
    const levels = metrics.filter(
      ({ name, labels }) => name === 'mpcert_level' && labels['target'] === `${input}:443`,
    )
    expect(levels.reduce((sum, { value }) => sum + value, 0)).toBe(1)
  }
})

it('is well-formed without targets', () => {
  const names = parseMetrics(draw(report, resultOf([]))).map(({ name }) => name)
  expect(names).toEqual(['mpcert_last_run_timestamp_seconds', 'mpcert_build_info'])
})
