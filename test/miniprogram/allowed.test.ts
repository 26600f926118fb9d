// Rows 1 to 12 under the three rule sets: what a list allows, and what may stand in it.
import { describe, expect, it, test } from 'vitest'
import { judgeEntry, judgeUrl } from '../../src/miniprogram/allowed.ts'
import { readConfig } from '../../src/miniprogram/config.ts'
import { type ListName, parseEntry, splitPasted } from '../../src/miniprogram/list.ts'
import { parseNetUrl } from '../../src/miniprogram/net-url.ts'
import { RULE_SET_IDS, type RuleSetId, ruleSets } from '../../src/miniprogram/rule-set.ts'

const { domains = {} } = readConfig({
  domains: {
    request: ['https://a.example.com', 'https://p.example.com:8080', '中文.example.com'],
    upload: 'https://u.example.com',
    download: [],
    socket: ['wss://s.example.com', 'wss://q.example.com:9000'],
    tcp: ['tcp://t.example.com:9000', 'tcp://any.example.com'],
  },
})

type Row = readonly [api: ListName, url: string, verdicts: readonly (string | true | null)[]]

/** True is allowed, null not known, a text the rule that refuses; one for all rule sets, or one each. */
const ROWS: readonly Row[] = [
  ['request', 'https://a.example.com', [true]],
  ['request', 'https://A.Example.com./x?y#z', [true]],
  ['request', 'https://user:secret@a.example.com/x', [true]],
  ['request', 'https://xn--fiq228c.example.com/x', [true]],
  ['request', 'https://b.a.example.com', ['domain-not-listed']],
  ['request', 'https://example.com', ['domain-not-listed']],
  ['request', 'https://u.example.com', ['domain-listed-for-other-api']],
  ['download', 'https://a.example.com', ['domain-listed-for-other-api']],
  ['download', 'https://other.example.com', ['domain-not-listed']],
  ['udp', 'udp://a.example.com', [null]],
  [
    'request',
    'https://a.example.com:443',
    ['port-explicit-default', true, 'port-explicit-default'],
  ],
  ['request', 'https://a.example.com:8443', ['port-not-configured', true, 'port-not-configured']],
  ['request', 'https://p.example.com:8080/x', [true]],
  ['request', 'https://p.example.com', ['port-mismatch', true, 'port-mismatch']],
  ['request', 'https://p.example.com:9091', ['port-mismatch', true, 'port-mismatch']],
  ['socket', 'wss://s.example.com/x', [true]],
  ['socket', 'wss://s.example.com:443/x', ['port-explicit-default', true, true]],
  ['socket', 'wss://s.example.com:8443/x', ['port-not-configured', true, true]],
  ['socket', 'wss://q.example.com', ['port-mismatch', true, true]],
  ['socket', 'ws://s.example.com', ['scheme-not-wss']],
  ['socket', 'https://s.example.com', ['scheme-not-wss']],
  ['request', 'http://a.example.com', ['scheme-not-https']],
  ['request', 'wss://a.example.com', ['scheme-not-https']],
  ['request', 'tcp://a.example.com:80', ['scheme-api-mismatch']],
  ['tcp', 'https://t.example.com:9000', ['scheme-api-mismatch']],
  ['tcp', 'tcp://t.example.com:9000', [true]],
  ['tcp', 'tcp://t.example.com:9001', ['port-mismatch']],
  ['tcp', 'tcp://any.example.com:1', [true]],
  ['request', 'http://localhost:3000', ['url-loopback']],
  ['request', 'https://127.0.0.1', ['url-loopback']],
  ['request', 'https://[::1]:3000', ['url-loopback']],
  ['request', 'https://[::ffff:127.0.0.1]', ['url-loopback']],
  ['request', 'https://0x7f.1/', ['url-loopback']],
  ['request', 'http://192.168.0.5:3000', [true]],
  ['request', 'http://[fe80::1]/', [true]],
  ['request', 'https://203.0.113.7', ['domain-not-listed']],
]

describe.each(RULE_SET_IDS)('%s', id => {
  it.each(ROWS)('%s %s', (api, text, verdicts) => {
    const url = parseNetUrl(text, false)
    if (!url) throw new Error(`no URL: ${text}`)
    const { allowed, fault } = judgeUrl(url, api, domains, ruleSets[id])
    const wanted = verdicts.length === 1 ? verdicts[0] : verdicts[RULE_SET_IDS.indexOf(id)]
    expect(allowed === false ? fault : allowed).toBe(wanted)
  })
})

/** Faults by rule set, where they differ. */
const ENTRIES: readonly (readonly [
  ListName,
  string,
  string,
  Partial<Record<RuleSetId, string>>,
])[] = [
  ['request', 'https://a.example.com', '', {}],
  ['request', 'a.example.com', '', {}],
  ['request', 'https://a.example.com:8080', '', { 'tcsas-2026-02': 'port-mismatch' }],
  ['socket', 'wss://a.example.com:8080', '', {}],
  ['request', 'https://10.0.0.1', 'domain-is-ip', {}],
  ['request', 'https://[2001:db8::1]', 'domain-is-ip', {}],
  ['request', 'https://3405803783', 'domain-is-ip', {}],
  ['request', 'https://0313.0.0161.7', 'domain-is-ip', {}],
  ['request', 'https://127.1', 'domain-is-localhost', {}],
  ['request', 'https://[::1]', 'domain-is-localhost', {}],
  ['request', 'localhost', 'domain-is-localhost', {}],
  ['request', 'wss://a.example.com', 'scheme-not-https', {}],
  ['socket', 'https://a.example.com', 'scheme-not-wss', {}],
  ['udp', 'tcp://a.example.com', 'scheme-api-mismatch', {}],
  ['upload', 'https://api.weixin.qq.com', '', { weixin: 'api-weixin-listed' }],
  ['upload', 'https://api.weixin.qq.com.example.com', '', {}],
]

test.each(ENTRIES)('an entry of %s: %s', (list, text, standard, own) => {
  const entry = parseEntry(text, list, list, null)
  for (const id of RULE_SET_IDS)
    expect(judgeEntry(entry, ruleSets[id]).join()).toBe(own[id] ?? standard)
})

test.each([
  '',
  'https://',
  'https://*.example.com',
  '.example.com',
  'https://a.example.com/x',
  'a b',
  'a.example.com:0',
  'a.example.com:65536',
  'https://a..b',
])('no entry: %j', text => {
  expect(() => parseEntry(text, 'request', 'domains.request', null)).toThrow(/domains\.request: /)
})

test('what the console shows is taken apart', () => {
  expect(splitPasted(' https://a.example;https://b.example，c.example\n\nd.example；')).toEqual([
    'https://a.example',
    'https://b.example',
    'c.example',
    'd.example',
  ])
})

test.each([
  ['https://a.example.com', 'a.example.com'],
  ['https://a.example.com:8080', 'a.example.com'],
  ['https://a.example.com/x', 'a.example.com'],
  ['https://a.', null],
  ['https://api-', null],
  ['https://a.example.com:', null],
  ['https://192.168.1', null],
  ['http://192.168.1.5', '192.168.1.5'],
  ['https://', null],
])('the host of %s with more to come', (text, host) => {
  expect(parseNetUrl(text, true)?.host ?? null).toBe(host)
})
