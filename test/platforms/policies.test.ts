import { describe, expect, it } from 'vitest'
import { withChromium } from '../../src/families/chromium.ts'
import type { Api } from '../../src/platform.ts'
import { type PlatformId, platforms } from '../../src/platforms/index.ts'
import type { Policy } from '../../src/policy.ts'

const DAY = 86_400

describe.each<[PlatformId, Api, Partial<Record<keyof Policy, unknown>>]>([
  [
    'ios-12.2',
    'upload',
    {
      sha1: 'refused',
      leafEku: 'if-present',
      anyEku: 'accepted',
      intermediateEku: 'ignored',
      commonName: 'fallback',
      anchorExpiry: 'checked',
    },
  ],
  ['ios-12.2', 'request', { sha1: 'refused', commonName: 'ignored', leafEku: 'if-present' }],
  ['ios-12.2', 'socket', { commonName: 'fallback' }],
  [
    'ios-13',
    'upload',
    {
      sha1: 'refused',
      leafEku: 'required',
      anyEku: 'refused',
      intermediateEku: 'ignored',
      commonName: 'ignored',
    },
  ],
  ['ios-13.4', 'socket', { leafEku: 'required', intermediateEku: 'ignored' }],
  [
    'ios-14',
    'upload',
    { leafEku: 'required', intermediateEku: 'checked', anchorExpiry: 'checked' },
  ],
  [
    'ios-26',
    'request',
    { leafEku: 'required', anyEku: 'refused', intermediateEku: 'checked', commonName: 'ignored' },
  ],
  [
    'android-7.0',
    'upload',
    {
      sha1: 'accepted',
      commonName: 'fallback',
      leafEku: 'if-present',
      anyEku: 'accepted',
      intermediateEku: 'ignored',
      anchorExpiry: 'ignored',
    },
  ],
  ['android-7.0', 'request', { sha1: 'refused', commonName: 'ignored', anchorExpiry: 'ignored' }],
  ['android-8.1', 'upload', { sha1: 'accepted', commonName: 'fallback' }],
  ['android-9', 'upload', { sha1: 'accepted', commonName: 'ignored' }],
  ['android-9', 'socket', { sha1: 'accepted', commonName: 'ignored', anchorExpiry: 'ignored' }],
  ['android-10', 'upload', { sha1: 'refused', commonName: 'ignored' }],
  ['android-17', 'upload', { sha1: 'refused', anchorExpiry: 'ignored', leafEku: 'if-present' }],
  [
    'devtools',
    'request',
    { sha1: 'refused', commonName: 'ignored', leafEku: 'required', anchorExpiry: 'checked' },
  ],
])('%s, %s', (id, api, values) => {
  it.each(Object.entries(values))('%s: %s', (key, value) => {
    expect(policyOf(id, api)[key as keyof Policy]).toBe(value)
  })
})

describe('keys', () => {
  it.each<[PlatformId, Api, number, number, boolean]>([
    ['ios-12.2', 'upload', 2048, 224, false],
    ['ios-13', 'upload', 2048, 256, true],
    ['ios-26', 'request', 2048, 256, true],
    ['android-7.0', 'upload', 1024, 160, false],
    ['android-17', 'request', 1024, 160, false],
    ['devtools', 'upload', 2048, 256, true],
  ])('%s, %s: RSA %i, EC %i, anchor as well: %s', (id, api, rsaMinBits, ecMinBits, anchor) => {
    expect(policyOf(id, api).keys).toMatchObject({ rsaMinBits, ecMinBits, anchor })
  })

  it('of no phone may be anything but RSA and the NIST curves', () => {
    for (const { stacks, family } of Object.values(platforms))
      for (const { policy } of /harmony|reference/.test(family) ? [] : stacks)
        expect(policy.keys.algorithms).toEqual(['RSA', 'P-256', 'P-384', 'P-521'])
  })
})

describe('the longest lifetime, by issue date', () => {
  const HOUR = 3600
  const none = Number.POSITIVE_INFINITY
  it.each<[PlatformId, Api, string, number]>([
    ['ios-12.2', 'upload', '2026-01-01', none],
    ['ios-12.2', 'request', '2026-01-01', 398 * DAY],
    ['ios-13', 'upload', '2018-02-28', none],
    ['ios-13', 'upload', '2018-03-01', 825 * DAY + HOUR],
    ['ios-13', 'upload', '2026-01-01', 825 * DAY + HOUR],
    ['ios-13', 'request', '2019-01-01', 825 * DAY],
    ['ios-14', 'upload', '2020-08-31', 825 * DAY + HOUR],
    ['ios-14', 'upload', '2020-09-01', 398 * DAY],
    ['ios-26', 'socket', '2026-04-01', 398 * DAY],
    ['android-7.0', 'upload', '2026-01-01', none],
    ['android-17', 'socket', '2026-01-01', none],
    ['android-17', 'request', '2012-06-30', none],
    ['android-17', 'request', '2015-04-01', 1188 * DAY],
    ['android-17', 'request', '2018-03-01', 825 * DAY],
    ['android-17', 'request', '2026-01-01', 398 * DAY],
    ['devtools', 'request', '2026-01-01', 398 * DAY],
  ])('%s, %s, %s: %d s', (id, api, date, seconds) => {
    const { lifetimes } = policyOf(id, api)
    expect(lifetimes).toEqual([...lifetimes].sort((a, b) => a.notBeforeFrom - b.notBeforeFrom))
    const step = lifetimes.findLast(({ notBeforeFrom }) => notBeforeFrom <= Date.parse(date))
    expect(step?.maxSeconds ?? none).toBe(seconds)
  })
})

describe('Chromium on top of a system', () => {
  it('is the stricter of the two, and never laxer than the system', () => {
    const system: Policy = {
      ...policyOf('android-7.0', 'upload'),
      keys: { ...policyOf('android-7.0', 'upload').keys, rsaMinBits: 512 },
      lifetimes: [{ notBeforeFrom: Date.parse('2019-01-01'), maxSeconds: 90 * DAY }],
    }
    const both = withChromium(system)
    expect(both.keys.rsaMinBits).toBe(1024)
    expect(both.lifetimes.map(({ maxSeconds }) => maxSeconds / DAY)).toEqual([
      1827, 1188, 825, 90, 90,
    ])
  })
})

describe('issuer fetching', () => {
  it.each<[PlatformId, Api, string]>([
    ['ios-17', 'upload', 'yes'],
    ['ios-17', 'request', 'doubtful'],
    ['ios-17', 'socket', 'doubtful'],
    ['android-17', 'request', 'no'],
    ['android-17', 'upload', 'no'],
    ['android-17', 'socket', 'no'],
    ['devtools', 'request', 'yes'],
  ])('%s, %s: %s', (id, api, fetches) => expect(stackOf(id, api).fetchesIssuers).toBe(fetches))
})

describe('Certificate Transparency', () => {
  it.each<[PlatformId, Api, 'error' | 'warn' | null]>([
    ['ios-12.2', 'upload', 'error'],
    ['ios-26', 'upload', 'error'],
    ['ios-26', 'request', 'warn'],
    ['ios-26', 'socket', 'warn'],
    ['android-16-r4', 'request', null],
    ['android-17', 'request', 'warn'],
    ['android-17', 'upload', 'warn'],
    ['devtools', 'request', 'warn'],
  ])('%s, %s: %s', (id, api, severity) => {
    expect(stackOf(id, api).ct?.severity ?? null).toBe(severity)
  })

  it.each<[PlatformId, string, number, number]>([
    ['ios-14.5', '2026-01-01', 90, 2],
    ['ios-14.5', '2026-01-01', 398, 2],
    ['ios-14.5', '2019-01-01', 730, 3],
    ['ios-14.5', '2019-01-01', 825, 4],
    ['ios-14.6', '2021-04-20', 398, 2],
    ['ios-14.6', '2021-04-21', 180, 2],
    ['ios-14.6', '2021-04-21', 181, 3],
    ['ios-26', '2026-01-01', 398, 3],
    ['android-17', '2026-01-01', 180, 2],
    ['android-17', '2026-01-01', 398, 3],
  ])('%s, issued %s for %i days: %i SCTs', (id, date, days, count) => {
    const table = stackOf(id, 'upload').ct?.embedded.findLast(
      ({ notBeforeFrom }) => notBeforeFrom <= Date.parse(date),
    )
    expect(table?.steps.find(({ maxSeconds }) => days * DAY <= maxSeconds)?.count).toBe(count)
  })
})

function stackOf(id: PlatformId, api: Api) {
  return platforms[id].stacks.find(({ apis }) => apis.includes(api))!
}

function policyOf(id: PlatformId, api: Api): Policy {
  return stackOf(id, api).policy
}
