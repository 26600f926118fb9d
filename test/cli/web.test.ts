// HTTP and WebSocket through the real program: flags, notes, hints, and what is saved.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { DAY_MS, NOW } from '../helpers/certs.ts'
import { type JsonReport, runCli, startCli } from '../helpers/cli.ts'
import { AN_END_MS } from '../helpers/patience.ts'
import { startHttpProxy } from '../helpers/proxies.ts'
import { HOST, OTHER, ROOT_PEM, startHttps } from '../helpers/web.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const ok: RequestListener = (_, response) => response.writeHead(200, JSON_TYPE).end('{}')

interface Site {
  readonly folder: string
  readonly port: number
  readonly authority: string
  readonly flags: readonly string[]
}

async function serve(answer: RequestListener): Promise<Site> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-web-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const root = path.join(folder, 'root.pem')
  writeFileSync(root, ROOT_PEM)
  const port = await startHttps(answer)
  const authority = `${HOST}:${port}`
  const flags = [
    ...['--resolve', `${authority}:127.0.0.1`, '--cacert', root, '--no-fetch'],
    ...['--at', new Date(NOW).toISOString(), '--platforms', 'ios-17,android-14,devtools'],
  ]
  return { folder, port, authority, flags }
}

async function check(site: Site, ...args: readonly string[]) {
  const done = await runCli(['check', ...args, ...site.flags])
  return { ...done, lines: `${done.stdout}${done.stderr}` }
}

const rulesOf = ({ stdout }: { readonly stdout: string }) =>
  (JSON.parse(stdout) as JsonReport).targets.map(({ findings }) =>
    findings.map(({ ruleId }) => ruleId).filter(id => /^(?:http|wss|verify|referer)/.test(id)),
  )

test('nothing is asked without a path, and --http asks', async () => {
  const site = await serve((_, response) => response.writeHead(404, JSON_TYPE).end())
  const bare = await check(site, site.authority, '-f', 'json')
  expect(rulesOf(bare)).toEqual([[]])
  const asked = await check(site, site.authority, '-f', 'json', '--http')
  expect(rulesOf(asked)).toEqual([['http-status-not-ok']])
})

test('two paths and a WebSocket on one port are three targets', async () => {
  const site = await serve((request, response) =>
    request.url === '/a' ? ok(request, response) : response.writeHead(404, JSON_TYPE).end(),
  )
  const at = (scheme: string, where: string) => `${scheme}://${site.authority}${where}`
  const targets = [at('https', '/a'), at('https', '/b'), at('wss', '/a'), at('https', '/a')]
  expect(rulesOf(await check(site, ...targets, '-f', 'json'))).toEqual([
    [],
    ['http-status-not-ok'],
    ['wss-upgrade-failed'],
  ])
})

test('what is saved is judged alike, notes and all', async () => {
  const site = await serve((_, response) =>
    response.writeHead(403, { ...JSON_TYPE, 'strict-transport-security': 'max-age=300' }).end(),
  )
  const file = path.join(site.folder, 'saved.json')
  const checked = await check(site, `https://${site.authority}/v1`, '--save', file)
  expect(checked.stdout).toContain('HSTS (max-age=300)')
  const kept = site.flags.slice(2).filter(flag => flag !== '--no-fetch')
  const judged = await runCli(['judge', file, ...kept])
  expect(judged.stdout).toBe(checked.stdout)
  expect(judged.code).toBe(checked.code)
})

test('a clock that is wrong is a hint', async () => {
  const site = await serve((_, response) =>
    response
      .writeHead(200, { ...JSON_TYPE, date: new Date(Date.now() - 3 * DAY_MS).toUTCString() })
      .end('{}'),
  )
  const { stderr } = await check(site, `https://${site.authority}/v1`)
  expect(stderr).toContain(`the clock of ${HOST} is about 3 days behind`)
  const right = await serve(ok)
  expect((await check(right, `https://${right.authority}/v1`)).stderr).toBe('')
})

test('the verification file is compared with the one at hand', async () => {
  const site = await serve((_, response) => response.end('token'))
  const file = path.join(site.folder, 'token.txt')
  const json = ['-f', 'json', '--verify-file', file]
  writeFileSync(file, 'token')
  expect(rulesOf(await check(site, site.authority, ...json))).toEqual([[]])
  writeFileSync(file, 'another')
  expect(rulesOf(await check(site, site.authority, ...json))).toEqual([['verify-file-unreachable']])
})

test('the appid is named in the Referer', async () => {
  const seen = new Set<string>()
  const site = await serve((request, response) => {
    if (request.headers.referer) seen.add(request.headers.referer.split('/')[3] ?? '')
    ok(request, response)
  })
  await check(site, `https://${site.authority}/v1`, '--appid', 'wx0123456789abcdef')
  expect(seen).toEqual(new Set(['wx0123456789abcdef']))
  const wrong = await check(site, site.authority, '--appid', 'touristappid')
  expect(wrong).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^mpcert: .*\n$/),
  })
})

test('a proxy carries requests, redirects and sockets too', async () => {
  const site = await serve((request, response) =>
    request.url === '/a'
      ? response.writeHead(302, { location: `https://${OTHER}:${site.port}/b` }).end()
      : ok(request, response),
  )
  const proxy = await startHttpProxy({ hosts: { [HOST]: '127.0.0.1', [OTHER]: '127.0.0.1' } })
  const args = ['-f', 'json', '--proxy', `http://127.0.0.1:${proxy.port}`, ...site.flags.slice(2)]
  const { stdout } = await runCli(['check', `https://${site.authority}/a`, ...args])
  expect(stdout).toContain('redirect-off-list')
  expect(rulesOf({ stdout })).toEqual([[]])
  expect(proxy.asked).toContain(`${OTHER}:${site.port}`)
  const socket = await runCli(['check', `wss://${site.authority}/a`, ...args])
  expect(rulesOf(socket)).toEqual([['wss-upgrade-failed']])
})

test('HTTP and STARTTLS exclude each other', async () => {
  const { code, stdout } = await runCli(['check', 'a.example', '--http', '--starttls', 'smtp'])
  expect([code, stdout]).toEqual([2, ''])
})

describe('in text', () => {
  test('other servers are named, and shown with --expand', async () => {
    const site = await serve(ok)
    const target = `wss://${site.authority}/ws`
    const { stdout, code } = await check(site, target)
    expect(code).toBe(1)
    expect(stdout).toContain('proxy_set_header Upgrade $http_upgrade;')
    expect(stdout).toContain('--expand: iis, tomcat, tencent-clb, tencent-cdn, alibaba-slb')
    expect(stdout).not.toContain('Web-WebSockets')
    expect((await check(site, target, '--expand')).stdout).toContain('Web-WebSockets')
    const explained = await runCli(['explain', 'wss-upgrade-failed', '--lang', 'zh-CN'])
    expect(explained.stdout).toContain('个性化配置')
  })
})

test('an interrupt ends the wait for an answer', async () => {
  let asked = () => {}
  const isAsked = new Promise<void>(resolve => {
    asked = resolve
  })
  const site = await serve(() => asked())
  const { child, done } = startCli(['check', `https://${site.authority}/v1`, ...site.flags])
  await isAsked
  const begun = Date.now()
  child.kill('SIGINT')
  expect(await done).toMatchObject({ code: 130 })
  expect(Date.now() - begun).toBeLessThan(AN_END_MS)
})
