// Runs that nobody watches: the state between them, the notices that follow, and one run at a time.
import { createHmac } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { hostname, tmpdir } from 'node:os'
import path from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { DAY_MS, makeCa, makeLeaf, NOW } from '../helpers/certs.ts'
import { runCli, startCli } from '../helpers/cli.ts'
import { closedPort, listening, startTcp, startTls } from '../helpers/tls-server.ts'

const HOST = 'api.example.com'
const root = makeCa('Cron Root')
const leaf = makeLeaf([HOST], {
  issuer: root,
  notBefore: NOW - DAY_MS,
  notAfter: NOW + 90 * DAY_MS,
})

let folder: string
const at = (name: string) => path.join(folder, name)
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-cron-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(at('root.pem'), encodePem(root.der))
})

const startServer = () =>
  startTls({
    cert: encodePem(leaf.der),
    key: leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  })

interface Heard {
  readonly url: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** A webhook that keeps what it is told. */
async function startWebhook(
  answer: RequestListener = (_, response) => response.end('{"errcode":0,"code":0}'),
): Promise<{ readonly url: string; readonly heard: readonly Heard[] }> {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    heard.push({ url: request.url ?? '', headers: request.headers, body })
    answer(request, response)
  })
  return { url: `http://127.0.0.1:${await listening(server)}/hook?key=secret`, heard }
}

interface Run {
  readonly port: number
  readonly days?: number
  readonly env?: Readonly<Record<string, string>>
}

const check = ({ port, days = 0, env = {} }: Run, ...flags: readonly string[]) =>
  runCli(
    [
      ...['check', `${HOST}:${port}`, '--resolve', `${HOST}:${port}:127.0.0.1`],
      ...['--cacert', at('root.pem'), '--no-fetch', '--platforms', 'android-14', '--api', 'upload'],
      ...['--at', new Date(NOW + days * DAY_MS).toISOString(), '--state', at('state.json'), '-q'],
      ...flags,
    ],
    { env },
  )

const SOON = 'The certificate ends soon'
const OVER = 'The certificate has expired'

describe('a notice is sent once when a verdict changes', () => {
  test('from fine to a warning, to the last days, to failing, and back', async () => {
    const port = await startServer()
    const { url, heard } = await startWebhook()
    const told = async (days: number) => {
      const before = heard.length
      const { code, stderr } = await check({ port, days }, '--notify', url)
      expect(stderr).toBe('')
      const lines = heard.slice(before).flatMap(({ body }) => JSON.parse(body).text.split('\n'))
      return [code, ...lines.slice(1).map((line: string) => line.replace(`${HOST}:${port}`, 'it'))]
    }
    expect(await told(0)).toEqual([0])
    expect(await told(75)).toEqual([0, `! it  fine → warning: ${SOON}`])
    expect(await told(76)).toEqual([0])
    expect(await told(86)).toEqual([0, `! it  warning → about to fail: ${SOON}`])
    expect(await told(100)).toEqual([1, `✗ it  about to fail → failing: ${OVER}`])
    expect(await told(101)).toEqual([1])
    expect(await told(0)).toEqual([0, '✓ it  failing → fine'])
    expect(readdirSync(folder).sort()).toEqual(['root.pem', 'state.json'])
  })

  test('at the first run of what is bad already, and of what cannot be reached', async () => {
    const port = await startServer()
    const { url, heard } = await startWebhook()
    await check({ port, days: 100 }, '--notify', url, '--lang', 'zh-CN')
    const dead = await closedPort()
    expect(await check({ port: dead }, '--notify', url)).toMatchObject({ code: 3 })
    const texts = heard.map(({ body }) => JSON.parse(body).text.split('\n')[1])
    expect(texts).toEqual([
      `✗ ${HOST}:${port}  失败：证书已过期`,
      expect.stringMatching(/^\? .* unreachable: .*refused/),
    ])
    const { targets } = JSON.parse(readFileSync(at('state.json'), 'utf8'))
    expect(Object.keys(targets).sort()).toEqual([`${HOST}:${dead}`, `${HOST}:${port}`].sort())
  })

  test('again by the next run where nobody took it', async () => {
    const port = await startServer()
    const refuse = await startWebhook((_, response) => response.writeHead(403).end())
    const first = await check({ port, days: 75 }, '--notify', refuse.url)
    expect(first).toMatchObject({
      code: 3,
      stderr: expect.stringMatching(
        /^mpcert: the notice was not taken by http:\/\/127\.0\.0\.1:\d+: 403\n$/,
      ),
    })
    expect(refuse.heard).toHaveLength(1)
    const { url, heard } = await startWebhook()
    expect(await check({ port, days: 75 }, '--notify', url)).toMatchObject({ code: 0, stderr: '' })
    expect(heard).toHaveLength(1)
  })

  test('with patience: a service that stumbles is asked again', async () => {
    const port = await startServer()
    let stumbles = 1
    const { url, heard } = await startWebhook((_, response) =>
      response.writeHead(stumbles-- > 0 ? 503 : 200).end('fine'),
    )
    expect(await check({ port, days: 75 }, '--notify', url)).toMatchObject({ code: 0, stderr: '' })
    expect(heard).toHaveLength(2)
  })
})

describe('each messenger gets what it takes', () => {
  const SECRET = 'top secret'
  const hmac = (key: string, text: string) =>
    createHmac('sha256', key).update(text).digest('base64')

  async function told(style: string, answer?: RequestListener) {
    const port = await startServer()
    const { url, heard } = await startWebhook(answer)
    const result = await check(
      { port, days: 100, env: { MPCERT_NOTIFY_SECRET: SECRET } },
      ...['--notify', url, '--notify-style', style],
    )
    const [{ url: asked = '', headers = {}, body = '' } = {}] = heard
    expect(headers['content-type']).toBe('application/json')
    const query = new URL(asked, 'http://h').searchParams
    expect(query.get('key')).toBe('secret')
    return { result, query, headers, raw: body, body: JSON.parse(body) }
  }
  const text = expect.stringMatching(/^mpcert: 1 server has changed\n✗ .*failing: /)

  test('wecom', async () => {
    const { body, result } = await told('wecom')
    expect(body).toEqual({ msgtype: 'text', text: { content: text } })
    expect(result.stderr).toBe('')
  })

  test('dingtalk, signed in the URL', async () => {
    const { body, query } = await told('dingtalk')
    expect(body).toEqual({ msgtype: 'text', text: { content: text } })
    expect(query.get('sign')).toBe(hmac(SECRET, `${query.get('timestamp')}\n${SECRET}`))
  })

  test('feishu, signed in the body', async () => {
    const { body } = await told('feishu')
    expect(body).toMatchObject({ msg_type: 'text', content: { text } })
    expect(body.timestamp).toMatch(/^\d{10}$/)
    expect(body.sign).toBe(hmac(`${body.timestamp}\n${SECRET}`, ''))
  })

  test('slack', async () => {
    const { body, result } = await told('slack', (_, response) => response.end('ok'))
    expect(body).toEqual({ text: expect.stringMatching(/^mpcert: 1 server has changed\n/) })
    expect(result.stderr).toBe('')
  })

  test('any other, signed by a header', async () => {
    const { body, raw, headers } = await told('generic')
    expect(body).toMatchObject({
      tool: 'mpcert',
      text,
      changes: [
        {
          from: null,
          to: { level: 'fail', status: 'fail', grade: 'F' },
          problems: [{ id: 'cert-expired', severity: 'error', title: OVER }],
        },
      ],
    })
    const signature = createHmac('sha256', SECRET).update(raw).digest('hex')
    expect(headers['x-mpcert-signature-256']).toBe(`sha256=${signature}`)
  })

  test('and is heard where it says no in the body of a 200', async () => {
    const port = await startServer()
    const no = await startWebhook((_, response) => response.end('{"errcode":93000,"errmsg":"no"}'))
    const result = await check({ port, days: 100 }, '--notify', no.url, '--notify-style', 'wecom')
    expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining('"errcode":93000') })
  })
})

describe('--notify-command', () => {
  const node = JSON.stringify(process.execPath)

  test('reads the notice, and its words go to stderr', async () => {
    const port = await startServer()
    const script = at('read.mjs')
    writeFileSync(
      script,
      "let s = ''; for await (const c of process.stdin) s += c; console.log('heard', JSON.parse(s).changes[0].to.level)",
    )
    const result = await check(
      { port, days: 100 },
      ...['--notify-command', `${node} ${JSON.stringify(script)}`, '-f', 'json'],
    )
    expect(result).toMatchObject({ code: 1, stderr: 'heard fail\n' })
    expect(JSON.parse(result.stdout).summary.fail).toBe(1)
  })

  test('that fails is said', async () => {
    const port = await startServer()
    const result = await check(
      { port, days: 75 },
      '--notify-command',
      `${node} -e "process.exit(7)"`,
    )
    expect(result).toMatchObject({
      code: 3,
      stderr: 'mpcert: the notice was not taken by --notify-command: 7\n',
    })
  })
})

describe('one run at a time', () => {
  test('a second run says who is at work, and leaves', async () => {
    let asked = () => {}
    const isAsked = new Promise<void>(resolve => {
      asked = resolve
    })
    const silent = await startTcp(() => asked())
    const state = ['--state', at('state.json')]
    const first = startCli(['check', `127.0.0.1:${silent}`, '--timeout', '60s', ...state])
    await isAsked
    const second = await check({ port: await startServer() })
    expect(second).toMatchObject({
      code: 3,
      stdout: '',
      stderr: expect.stringMatching(
        `^mpcert: another run \\(${first.child.pid}@.*\\) is at work: .*state\\.json\\.lock is there\\n$`,
      ),
    })
    first.child.kill('SIGINT')
    expect(await first.done).toMatchObject({ code: 130 })
    expect(readdirSync(folder).sort()).toEqual(['root.pem', 'state.json'])
  })

  test('the lock of a run that died is no hindrance', async () => {
    const port = await startServer()
    const gone = startCli(['--version'])
    await gone.done
    const holder = { pid: gone.child.pid, host: hostname(), since: '2026-11-22T00:00:00.000Z' }
    writeFileSync(at('state.json.lock'), JSON.stringify(holder))
    expect(await check({ port })).toMatchObject({ code: 0, stderr: '' })
    expect(readdirSync(folder).sort()).toEqual(['root.pem', 'state.json'])
  })

  test('that of another machine is', async () => {
    writeFileSync(at('state.json.lock'), JSON.stringify({ pid: 1, host: 'elsewhere.invalid' }))
    expect(await check({ port: await startServer() })).toMatchObject({ code: 3 })
  })
})

test.each([
  [['--notify', 'https://hooks.example/x'], /--notify needs --state/],
  [['--state', 'S', '--notify', 'ftp://x'], /--notify: not an http or https URL/],
  [['--state', 'S', '--notify-style', 'wecomm'], /--notify-style wecomm: choose one of dingtalk, /],
])('%s is a usage error', async (flags, words) => {
  const args = [
    'check',
    'h.invalid',
    ...flags.map(flag => (flag === 'S' ? at('state.json') : flag)),
  ]
  const result = await runCli(args)
  expect(result).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(words) })
})

test('a state that is none is left alone', async () => {
  writeFileSync(at('state.json'), '{"version":9}')
  const result = await check({ port: 1 })
  expect(result).toMatchObject({ code: 2, stderr: expect.stringMatching(/is no state of mpcert/) })
  expect(readFileSync(at('state.json'), 'utf8')).toBe('{"version":9}')
  expect(readdirSync(folder).sort()).toEqual(['root.pem', 'state.json'])
})

test('-q says nothing of what passes', async () => {
  const port = await startServer()
  expect(await check({ port })).toMatchObject({ code: 0, stdout: '', stderr: '' })
  expect((await check({ port, days: 75 })).stdout).toMatch(/cert-expiring/)
})
