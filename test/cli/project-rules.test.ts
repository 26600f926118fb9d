// Every static rule through the real program: a folder that it speaks of, and one that it just does not.
import { expect, test } from 'vitest'
import type { projectRules } from '../../src/project-rules/index.ts'
import { type JsonReport, runCli } from '../helpers/cli.ts'
import { type Files, writeFolder } from '../helpers/folder.ts'

interface Case {
  readonly fires: Files
  readonly misses: Files
  readonly env?: Readonly<Record<string, string>>
  readonly severity: 'error' | 'warn' | 'info'
}

const DOMAINS = {
  request: ['https://api.example.com', 'https://port.example.com:8443'],
  upload: ['https://files.example.com'],
  download: ['https://files.example.com'],
  socket: ['wss://live.example.com'],
  udp: [],
  tcp: [],
  business: [],
}

const config = (domains: object, more: object = {}) => ({
  'mpcert.config.json': { domains: { ...DOMAINS, ...domains }, ...more },
})
const script = (source: string): Files => ({ ...config({}), 'app.js': source })
const request = (url: string, more = '') => script(`wx.request({ url: '${url}'${more} })\n`)
const socket = (url: string) => script(`wx.connectSocket({ url: '${url}' })\n`)
const listed = (list: keyof typeof DOMAINS, entry: string, more: object = {}): Files => ({
  ...config({ [list]: [entry] }, more),
  'app.json': {},
})
const app = (networkTimeout: object): Files => ({ 'app.json': { networkTimeout } })
const settings = (content: object): Files => ({ 'app.json': {}, 'project.config.json': content })
const calls = (count: number, call: (index: number) => string) =>
  script(Array.from({ length: count }, (_, index) => `${call(index)}\n`).join(''))
const OK = 'https://api.example.com'

/** Fires at a live host; tested with servers elsewhere. */
type Live = 'asset-host-problem'

const CASES: Readonly<Record<Exclude<keyof typeof projectRules, Live>, Case>> = {
  'domain-not-listed': {
    fires: request('https://sub.api.example.com/x'),
    misses: request(`${OK}/x`),
    severity: 'error',
  },
  'domain-listed-for-other-api': {
    fires: request('https://files.example.com/x'),
    misses: script(`wx.uploadFile({ url: 'https://files.example.com/x' })`),
    severity: 'error',
  },
  'url-loopback': {
    fires: request('http://2130706433/x'),
    misses: request('http://10.0.0.1/x'),
    severity: 'error',
  },
  'url-lan-ip': {
    fires: request('http://172.31.0.1/x'),
    misses: request('https://172.32.0.1/x'),
    severity: 'warn',
  },
  'scheme-not-https': {
    fires: request('http://api.example.com/x'),
    misses: request('HTTPS://API.example.com/x'),
    severity: 'error',
  },
  'scheme-not-wss': {
    fires: socket('ws://live.example.com'),
    misses: socket('wss://live.example.com'),
    severity: 'error',
  },
  'scheme-api-mismatch': {
    fires: request('udp://api.example.com'),
    misses: request(OK),
    severity: 'error',
  },
  'domain-is-ip': {
    fires: listed('request', 'https://0xcb.0.113.7'),
    misses: listed('request', 'https://0xcb.0.113.7.example.com'),
    severity: 'error',
  },
  'domain-is-localhost': {
    fires: listed('request', 'https://app.localhost'),
    misses: listed('request', 'https://localhost.example.com'),
    severity: 'error',
  },
  'port-mismatch': {
    fires: request('https://port.example.com/x'),
    misses: request('https://port.example.com:8443/x'),
    severity: 'error',
  },
  'port-explicit-default': {
    fires: request(`${OK}:443/x`),
    misses: request(`${OK}/:443/x`),
    severity: 'error',
  },
  'port-not-configured': {
    fires: request(`${OK}:8443/x`),
    misses: request('https://port.example.com:8443'),
    severity: 'error',
  },
  'api-weixin-listed': {
    fires: listed('request', 'https://api.weixin.qq.com', { ruleSet: 'weixin' }),
    misses: listed('request', 'https://api.weixin.qq.com'),
    severity: 'error',
  },
  'icp-not-verifiable': {
    fires: listed('request', OK, { ruleSet: 'weixin' }),
    misses: listed('request', OK),
    severity: 'info',
  },
  'timeout-over-max': {
    fires: app({ request: 60_001 }),
    misses: app({ request: 60_000 }),
    severity: 'warn',
  },
  'timeout-invalid': {
    fires: app({ request: 0 }),
    misses: app({ request: 1 }),
    severity: 'error',
  },
  'timeout-call-over-max': {
    fires: request(OK, ', timeout: 60 * 1000 + 1'),
    misses: request(OK, ', timeout: 60 * 1000'),
    severity: 'warn',
  },
  'referer-set-in-code': {
    fires: request(OK, ', header: { referer: "a" }'),
    misses: request(OK, ', header: { "x-referer": "a" }, data: { referer: "a" }'),
    severity: 'warn',
  },
  'appid-missing': {
    fires: settings({ appid: 'touristappid' }),
    misses: settings({ appid: 'wx0123456789abcdef' }),
    severity: 'info',
  },
  'concurrency-over-10': {
    fires: calls(11, () => `wx.request({ url: '${OK}' })`),
    misses: calls(11, index => `${index ? 'await ' : ''}wx.request({ url: '${OK}' })`),
    severity: 'info',
  },
  'sockets-over-5': {
    fires: calls(6, index => `wx.connectSocket({ url: 'wss://live.example.com/${index}' })`),
    misses: calls(6, index => `wx.connectSocket({ url: 'wss://live.example.com/${index % 5}' })`),
    severity: 'info',
  },
  'statuscode-unchecked': {
    fires: request(OK, ', success: res => show(res.data)'),
    misses: request(OK, ', success: res => show(res)'),
    severity: 'info',
  },
  'asset-not-https': {
    fires: { ...config({}), 'a.wxml': '<image src="http://a.example.com/a.png"/>' },
    misses: { ...config({}), 'a.wxml': '<image src="https://a.example.com/a.png"/>' },
    severity: 'warn',
  },
  'urlcheck-disabled': {
    fires: settings({ setting: { urlCheck: false } }),
    misses: {
      ...settings({ setting: { urlCheck: false } }),
      'project.private.config.json': { setting: { urlCheck: true } },
    },
    severity: 'warn',
  },
}

test.concurrent.each(Object.entries(CASES))('%s', async (id, { fires, misses, severity }) => {
  const [said, silent] = await Promise.all([findings(fires), findings(misses)])
  const own = said.filter(({ ruleId }) => ruleId === id)
  expect(own.map(finding => finding.severity)).toEqual([severity])
  expect(silent.map(({ ruleId }) => ruleId)).not.toContain(id)
})

test('a gate takes switched-off checks for an error', async () => {
  const folder = writeFolder(CASES['urlcheck-disabled'].fires)
  expect((await runCli(['project', folder])).code).toBe(0)
  expect((await runCli(['project', folder], { env: { CI: 'true' } })).code).toBe(1)
})

async function findings(files: Files): Promise<JsonReport['targets'][number]['findings']> {
  const { stdout, stderr } = await runCli(['project', writeFolder(files), '-f', 'json'])
  expect(stderr).toBe('')
  return (JSON.parse(stdout) as JsonReport).targets.flatMap(target => target.findings)
}
