// `mpcert project --live`: hosts are checked as this very Mini Program uses them.
import type { RequestListener } from 'node:http'
import path from 'node:path'
import { expect, test } from 'vitest'
import { NOW } from '../helpers/certs.ts'
import { type JsonReport, runCli } from '../helpers/cli.ts'
import { type Files, writeFolder } from '../helpers/folder.ts'
import { HOST, type OnUpgrade, ROOT_PEM, startHttps } from '../helpers/web.ts'

const APPID = 'wx0123456789abcdef'
const answer: RequestListener = (_, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}')

async function live(port: number, files: Files, ...more: readonly string[]) {
  const folder = writeFolder({ ...files, 'root.pem': ROOT_PEM })
  const { stdout, code } = await runCli([
    ...['project', folder, '--live', '--no-fetch', '--at', new Date(NOW).toISOString()],
    ...['--cacert', path.join(folder, 'root.pem'), '--resolve', `${HOST}:${port}:127.0.0.1`],
    ...['--platforms', 'ios-17,android-14,devtools', ...more],
  ])
  return { stdout, code }
}

async function liveJson(...given: Parameters<typeof live>) {
  const { stdout, code } = await live(...given, '-f', 'json')
  const { targets } = JSON.parse(stdout) as JsonReport
  const [own, ...hosts] = targets
  return { own, hosts, code }
}

test('DevTools is not checked where the project lets it verify nothing', async () => {
  const port = await startHttps(answer)
  const files = (urlCheck: boolean) => ({
    'app.js': `wx.request({ url: 'https://${HOST}:${port}/a' })`,
    'mpcert.config.json': { domains: { request: [`https://${HOST}:${port}`] } },
    'project.config.json': { appid: APPID, setting: { urlCheck } },
  })
  const off = await liveJson(port, files(false))
  const devtools = off.hosts[0]?.platforms.find(({ id }) => id === 'devtools')
  expect(devtools).toMatchObject({ verdict: 'not-checked', grade: null })
  for (const cell of devtools?.cells ?? [])
    expect(cell).toMatchObject({ reasons: ['urlcheck-disabled'], handshake: null, path: null })
  expect(off.hosts[0]?.findings.flatMap(({ platforms }) => platforms)).not.toContain('devtools')
  expect(off.own?.findings.find(({ ruleId }) => ruleId === 'urlcheck-disabled')?.message).toMatch(
    /its cells are not checked/,
  )
  const on = await liveJson(port, files(true))
  expect(on.hosts[0]?.platforms.map(({ verdict }) => verdict)).not.toContain('not-checked')
  const { stdout } = await live(port, files(false), '--platforms', 'devtools')
  expect(stdout).toMatch(/DevTools +– not checked .* DevTools does not/)
  expect(stdout).toMatch(/works on 2 of 2 platforms/)
})

test('the timeouts of app.json and of calls are held against what the host takes', async () => {
  const port = await startHttps((request, response) => {
    setTimeout(() => answer(request, response), 600)
  })
  const source = `https://${HOST}:${port}/a`
  const files = (call: string) => ({
    'app.json': { networkTimeout: { request: 500 } },
    'app.js': `wx.request({ url: '${source}'${call} }); wx.downloadFile({ url: '${source}' })`,
    'project.config.json': { appid: APPID },
  })
  const tooLate = async (call: string, ...more: readonly string[]) =>
    (await liveJson(port, files(call), ...more)).hosts.flatMap(({ findings }) =>
      findings
        .filter(({ ruleId }) => ruleId === 'timeout-below-latency')
        .map(({ severity, apis, evidence }) => ({ severity, apis, evidence })),
    )
  expect(await tooLate('', '--http')).toMatchObject([
    { severity: 'error', apis: ['request'], evidence: { timeoutMs: 500 } },
  ])
  expect(await tooLate(', timeout: 50000', '--http')).toEqual([])
  expect(await tooLate('')).toEqual([])
})

test('--http asks each host once, and opens what is a whole WebSocket URL', async () => {
  const seen = new Set<string>()
  const note = ({ url, headers }: Parameters<RequestListener>[0]) =>
    seen.add(`${headers.upgrade ?? 'GET'} ${url} ${headers.referer?.split('/')[3] ?? ''}`)
  const refuse: OnUpgrade = (request, socket) => {
    note(request)
    socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
  }
  const port = await startHttps((request, response) => {
    note(request)
    answer(request, response)
  }, refuse)
  const files = {
    'app.js': `
      wx.request({ url: 'https://${HOST}:${port}/pay?all=1' })
      wx.connectSocket({ url: 'wss://${HOST}:${port}/live' })
      wx.connectSocket({ url: 'wss://${HOST}:${port}/room/' + getApp().room })`,
    'project.config.json': { appid: APPID },
  }
  const { hosts } = await liveJson(port, files, '--http')
  expect(hosts).toHaveLength(2)
  expect(hosts.map(({ findings }) => findings.map(({ ruleId }) => ruleId))).toEqual([
    expect.not.arrayContaining(['wss-upgrade-failed']),
    expect.arrayContaining(['wss-upgrade-failed']),
  ])
  expect(seen).toContain(`GET / ${APPID}`)
  expect(seen).toContain(`websocket /live ${APPID}`)
  expect([...seen].filter(line => /pay|room/.test(line))).toEqual([])
  seen.clear()
  await liveJson(port, files)
  expect([...seen]).toEqual([])
})

test('redirects of hosts are held against the list', async () => {
  const port = await startHttps((_, response) =>
    response.writeHead(302, { location: 'https://elsewhere.invalid/x' }).end(),
  )
  const files = {
    'app.js': `wx.request({ url: 'https://${HOST}:${port}/a' })`,
    'mpcert.config.json': { domains: { request: [`https://${HOST}:${port}`] } },
  }
  const { hosts } = await liveJson(port, files, '--http')
  expect(hosts[0]?.findings.map(({ ruleId }) => ruleId)).toContain('redirect-off-list')
})
