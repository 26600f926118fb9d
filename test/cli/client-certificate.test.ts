// --client-cert and --client-key through the real program, at servers that ask who comes.
import { readFileSync } from 'node:fs'
import type { IncomingMessage, RequestListener } from 'node:http'
import path from 'node:path'
import type { TLSSocket, TlsOptions } from 'node:tls'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { extendedKeyUsage } from '../../src/x509/extension-builders.ts'
import { encodePem } from '../../src/x509/pem.ts'
import type { SigningKey } from '../../src/x509/signing-key.ts'
import { DAY_MS, freshKey, makeCa, makeLeaf, NOW } from '../helpers/certs.ts'
import { type JsonReport, runCli, spawnCli } from '../helpers/cli.ts'
import { type Files, writeFolder } from '../helpers/folder.ts'
import { checkWeb, HOST, OTHER, ROOT_PEM, startHttps } from '../helpers/web.ts'

// Servers hold these against the day on which the test runs.
const dates = { notBefore: Date.now() - DAY_MS, notAfter: Date.now() + DAY_MS }
const root = makeCa('Client Root', dates)
const issuer = makeCa('Client Issuer', { issuer: root, ...dates })
const key = freshKey()
const client = makeLeaf(['client.example'], {
  ...{ issuer, key, ...dates },
  extensions: [extendedKeyUsage('clientAuth')],
})

const pem = (...list: readonly { readonly der: Uint8Array }[]) =>
  list.map(({ der }) => encodePem(der)).join('')
const keyPem = ({ privateKey }: SigningKey) =>
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const lockedPem = ({ privateKey }: SigningKey) =>
  privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' })
    .toString()

const DEMANDS = { requestCert: true, rejectUnauthorized: true, ca: pem(root) }
/** As nginx does: through the handshake, and no further. */
const ASKS = { ...DEMANDS, rejectUnauthorized: false }

const FILES: Files = {
  'cert.pem': pem(client, issuer),
  'key.pem': keyPem(key),
  'locked.pem': lockedPem(key),
  'other.pem': keyPem(freshKey()),
  'password.txt': 'secret\n',
  'wrong.txt': 'no',
  'text.pem': 'no PEM at all',
  'broken.pem': '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
  'root.pem': ROOT_PEM,
}

let folder: string
beforeEach(() => {
  folder = writeFolder(FILES)
})
const inFolder = (name: string) => path.join(folder, name)
const shown = (cert = 'cert.pem', privateKey = 'key.pem') => [
  ...['--client-cert', inFolder(cert), '--client-key', inFolder(privateKey)],
]

/** Who came, by the subject of its certificate, and for what. */
class Door {
  readonly seen = new Set<string>()

  async open(options: TlsOptions): Promise<number> {
    const server = new WebSocketServer({ noServer: true })
    onTestFinished(() => {
      for (const one of server.clients) one.terminate()
      server.close()
    })
    const answer: RequestListener = (request, response) => {
      const isKnown = this.note(request)
      if (request.url === '/away')
        response.writeHead(302, { location: `https://${OTHER}:${this.elsewhere}/there` }).end()
      else response.writeHead(isKnown ? 200 : 400, JSON_TYPE).end('{}')
    }
    return startHttps(
      answer,
      (request, socket, head) => {
        if (this.note(request))
          server.handleUpgrade(request, socket, head, one => one.on('error', () => {}))
        else socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
      },
      options,
    )
  }

  elsewhere = 0

  private note({ socket, url }: IncomingMessage): boolean {
    const { CN } = (socket as TLSSocket).getPeerCertificate()?.subject ?? {}
    this.seen.add(`${CN ?? 'nobody'} ${url}`)
    return CN !== undefined
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

async function check(target: string, port: number, ...args: readonly string[]) {
  const done = await runCli([
    ...['check', target, '-f', 'json', '--no-fetch', '--cacert', inFolder('root.pem')],
    ...['--resolve', `${HOST}:${port}:127.0.0.1`, '--resolve', `${OTHER}:${port}:127.0.0.1`],
    ...['--at', new Date(NOW).toISOString(), '--platforms', 'ios-17,android-14,devtools', ...args],
  ])
  const [result] = (JSON.parse(done.stdout || '{"targets":[]}') as JsonReport).targets
  const rules = result?.findings.map(({ ruleId }) => ruleId) ?? []
  return { ...done, rules, status: result?.status, verdicts: result?.platforms }
}

const VERSIONS = [
  ['TLS 1.2', { maxVersion: 'TLSv1.2' }],
  ['TLS 1.3', { minVersion: 'TLSv1.3' }],
] as const

describe.each(VERSIONS)('where the handshake demands one, by %s', (_, versions) => {
  test('requests come through with it, and the verdict stays', async () => {
    const door = new Door()
    const port = await door.open({ ...DEMANDS, ...versions })
    const target = `https://${HOST}:${port}/behind`
    const without = await check(target, port)
    expect([...door.seen]).toEqual([])
    expect(without).toMatchObject({ code: 1, status: 'fail' })
    expect(without.rules).toContain('client-certificate-required')
    const saved = inFolder('saved.json')
    const given = await check(target, port, ...shown(), '-v', '--save', saved)
    expect([...door.seen]).toEqual(['client.example /behind'])
    expect(given).toMatchObject({ code: 1, status: 'fail' })
    expect(given.rules).toContain('client-certificate-required')
    const verdictsOf = ({ verdicts }: typeof given) =>
      verdicts?.map(({ id, verdict, grade }) => [id, verdict, grade])
    expect(verdictsOf(given)).toEqual(verdictsOf(without))
  })

  test('a WebSocket opens with it, and the verdict stays', async () => {
    const door = new Door()
    const port = await door.open({ ...DEMANDS, ...versions })
    const target = `wss://${HOST}:${port}/ws`
    expect(await check(target, port)).toMatchObject({ code: 1, status: 'fail' })
    const { code, rules } = await check(target, port, ...shown())
    expect([...door.seen]).toEqual(['client.example /ws'])
    expect(code).toBe(1)
    expect(rules).toContain('client-certificate-required')
    expect(rules).not.toContain('wss-upgrade-failed')
  })
})

describe('where requests alone are refused without one', () => {
  test.each(['https', 'wss'])('what comes through by %s is no pass', async scheme => {
    const door = new Door()
    const port = await door.open(ASKS)
    const target = `${scheme}://${HOST}:${port}/x`
    const { code, rules } = await check(target, port, ...shown())
    expect(code).toBe(1)
    expect(rules).toContain('client-certificate-required')
    expect([...door.seen].sort()).toEqual(['client.example /x', 'nobody /x'])
    door.seen.clear()
    expect((await check(target, port)).rules).not.toContain('client-certificate-required')
    expect([...door.seen]).toEqual(['nobody /x'])
  })

  test('who lets everybody in passes', async () => {
    const port = await startHttps(
      (_, answer) => answer.writeHead(200, JSON_TYPE).end('{}'),
      undefined,
      ASKS,
    )
    expect(await check(`https://${HOST}:${port}/x`, port, ...shown())).toMatchObject({ code: 0 })
  })
})

test('who a redirect leads to does not see it, be it another host or another port', async () => {
  const door = new Door()
  const port = await door.open(ASKS)
  door.elsewhere = port
  await check(`https://${HOST}:${port}/away`, port, ...shown())
  expect([...door.seen].sort()).toEqual([
    ...['client.example /away', 'nobody /away', 'nobody /there'],
  ])
  const [here, there] = [new Door(), new Door()]
  here.elsewhere = await there.open(ASKS)
  const first = await here.open(ASKS)
  const args = ['--servername', HOST, '--resolve', `${OTHER}:${here.elsewhere}:127.0.0.1`]
  await check(`https://${OTHER}:${first}/away`, first, ...args, ...shown())
  expect([...here.seen].sort()).toEqual(['client.example /away', 'nobody /away'])
  expect([...there.seen]).toEqual(['nobody /there'])
})

test('the verification file is looked for without it, as the console does', async () => {
  const door = new Door()
  const port = await door.open(ASKS)
  await check(`${HOST}:${port}`, port, '--verify-file', 'v.txt', ...shown())
  expect([...door.seen].sort()).toEqual(['client.example /', 'nobody /', 'nobody /v.txt'])
})

describe('a locked key', () => {
  test.each([
    ['a file', ['--password-file', 'password.txt'], {}],
    ['the environment', [], { MPCERT_PASSWORD: 'secret' }],
  ])('is opened by a password from %s', async (_, [flag, file = ''], env) => {
    const door = new Door()
    const port = await door.open(DEMANDS)
    const args = [
      ...['check', `https://${HOST}:${port}/x`, '--resolve', `${HOST}:${port}:127.0.0.1`],
      ...[...shown('cert.pem', 'locked.pem'), '--no-fetch', '--platforms', 'ios-17'],
      ...(flag ? [flag, inFolder(file)] : []),
    ]
    expect(await runCli(args, { env })).toMatchObject({ code: 1 })
    expect([...door.seen]).toEqual(['client.example /x'])
  })
})

describe('what cannot be used ends in one line before anybody is asked', () => {
  test.each<[string, readonly string[], RegExp, RegExp]>([
    ['no key', ['--client-cert', 'cert.pem'], /--client-cert needs --client-key/, /需要同时给出/],
    ['no certificate', ['--client-key', 'key.pem'], /--client-key needs --client-cert/, /需要同时/],
    [
      'no such file',
      ['--client-cert', 'none.pem', '--client-key', 'key.pem'],
      /none\.pem: no such file/,
      /none\.pem：文件不存在/,
    ],
    ['a folder', ['--client-cert', 'cert.pem', '--client-key', '.'], /is a folder/, /是一个文件夹/],
    [
      'text for a certificate',
      ['--client-cert', 'text.pem', '--client-key', 'key.pem'],
      /text\.pem cannot be read: .*neither PEM nor DER/,
      /无法读取 .*text\.pem/,
    ],
    [
      'a key for a certificate',
      ['--client-cert', 'key.pem', '--client-key', 'key.pem'],
      /--client-cert .*key\.pem: no certificate in it/,
      /其中没有证书/,
    ],
    [
      'a certificate for a key',
      ['--client-cert', 'cert.pem', '--client-key', 'cert.pem'],
      /--client-key .*cert\.pem: no private key in it/,
      /其中没有私钥/,
    ],
    [
      'a broken key',
      ['--client-cert', 'cert.pem', '--client-key', 'broken.pem'],
      /broken\.pem cannot be read/,
      /无法读取 .*broken\.pem/,
    ],
    [
      'the key of another certificate',
      ['--client-cert', 'cert.pem', '--client-key', 'other.pem'],
      /other\.pem is not the key of any certificate in .*cert\.pem/,
      /不匹配/,
    ],
    [
      'no password',
      ['--client-cert', 'cert.pem', '--client-key', 'locked.pem'],
      /locked\.pem needs a password: --password-file FILE, or MPCERT_PASSWORD/,
      /需要密码/,
    ],
    [
      'a wrong password',
      [
        ...['--client-cert', 'cert.pem', '--client-key', 'locked.pem'],
        ...['--password-file', 'wrong.txt'],
      ],
      /locked\.pem: the password is wrong/,
      /密码错误/,
    ],
  ])('%s', async (_, args, en, zh) => {
    let connections = 0
    const port = await startHttps(() => {}, undefined, {
      SNICallback: (_name, done) => {
        connections++
        done(null)
      },
    })
    const located = args.map(word => (word.startsWith('--') ? word : inFolder(word)))
    const all = [
      ...['check', `https://${HOST}:${port}/x`, '--resolve', `${HOST}:${port}:127.0.0.1`],
      ...located,
    ]
    for (const [lang, words] of [
      ['en', en],
      ['zh-CN', zh],
    ] as const) {
      const { code, stdout, stderr } = await runCli([...all, '--lang', lang])
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/^mpcert: [^\n]*\n$/)
      expect(stderr).toMatch(words)
    }
    expect(connections).toBe(0)
  })

  test('the library says it, too', async () => {
    const clientCertificate = { cert: pem(client), key: keyPem(freshKey()) }
    await expect(checkWeb('https', 1, '/x', { web: { clientCertificate } })).rejects.toMatchObject({
      code: 'ERR_USAGE',
    })
  })
})

test('the library takes them as PEM, the key locked or not', async () => {
  const door = new Door()
  const port = await door.open(DEMANDS)
  const clientCertificate = { cert: pem(client, issuer), key: lockedPem(key), passphrase: 'secret' }
  const { observation, result } = await checkWeb('https', port, '/x', {
    web: { clientCertificate },
  })
  expect(observation.http?.visits).toHaveLength(4)
  expect(result.findings.map(({ rule }) => rule)).toContain('client-certificate-required')
  expect([...door.seen]).toEqual(['client.example /x'])
})

test('where nothing shows it, that is said', async () => {
  const door = new Door()
  const port = await door.open(ASKS)
  const target = `${HOST}:${port}`
  expect((await check(target, port, ...shown())).stderr).toMatch(
    /^mpcert: the client certificate is shown to nobody: .*\n$/,
  )
  expect((await check(target, port, ...shown(), '--http')).stderr).toBe('')
  const app = writeFolder({ 'app.json': {} })
  const project = await runCli(['project', app, ...shown()])
  expect(project.stderr).toMatch(/shown to nobody/)
})

test('project --live shows it with --http', async () => {
  const door = new Door()
  const port = await door.open(DEMANDS)
  const app = writeFolder({ 'app.js': `wx.request({ url: 'https://${HOST}:${port}/a' })` })
  const args = [
    ...['project', app, '--live', '--no-fetch', '--resolve', `${HOST}:${port}:127.0.0.1`],
    ...['--platforms', 'ios-17', ...shown()],
  ]
  expect((await runCli(args)).stderr).toMatch(/shown to nobody/)
  expect([...door.seen]).toEqual([])
  const { code, stdout, stderr } = await runCli([...args, '--http'])
  expect([code, stderr]).toEqual([1, ''])
  expect(stdout).toContain('client-certificate-required')
  expect([...door.seen]).toEqual(['client.example /'])
})

describe('settings', () => {
  const flags = { 'client-cert': 'cert.pem', 'client-key': 'key.pem' }

  async function seenFrom(cwd: string, config: object, env: Record<string, string> = {}) {
    const door = new Door()
    const port = await door.open(DEMANDS)
    const outer = writeFolder({ ...FILES, 'inner/x': '', 'mpcert.config.json': config })
    const { stderr } = await runCli(
      [
        ...['check', `https://${HOST}:${port}/x`, '--resolve', `${HOST}:${port}:127.0.0.1`],
        ...['--no-fetch', '--platforms', 'ios-17'],
      ],
      { cwd: path.join(outer, cwd), env },
    )
    return { seen: [...door.seen], stderr }
  }

  test('the environment and the own configuration are followed', async () => {
    const env = {
      MPCERT_CLIENT_CERT: inFolder('cert.pem'),
      MPCERT_CLIENT_KEY: inFolder('key.pem'),
    }
    const all = ['client.example /x']
    expect((await seenFrom('.', {}, env)).seen).toEqual(all)
    expect((await seenFrom('.', { flags })).seen).toEqual(all)
    const wrong = { flags: { 'client-cert': 'none.pem', 'client-key': 'none.pem' } }
    expect((await seenFrom('.', wrong, env)).seen).toEqual(all)
  })

  test('a configuration from another folder reads no key', async () => {
    const { seen, stderr } = await seenFrom('inner', { flags })
    expect(seen).toEqual([])
    expect(stderr).toMatch(/flags\.client-cert is not followed/)
    expect(stderr).toMatch(/flags\.client-key is not followed/)
  })
})

test('neither key nor password is written anywhere', async () => {
  const door = new Door()
  const port = await door.open(DEMANDS)
  const formats = ['json', 'html', 'sarif', 'markdown', 'junit', 'csv']
  const { stdout, stderr } = await spawnCli(
    [
      ...['check', `https://${HOST}:${port}/x`, '--resolve', `${HOST}:${port}:127.0.0.1`],
      ...['--no-fetch', '--platforms', 'ios-17', '-v', '--debug', '--show-openssl', '--expand'],
      ...[...shown('cert.pem', 'locked.pem'), '--save', inFolder('saved.json')],
      ...formats.flatMap(format => ['-o', `${format}=${inFolder(`report.${format}`)}`]),
    ],
    { env: { MPCERT_PASSWORD: 'secret' } },
  )
  expect([...door.seen]).toEqual(['client.example /x'])
  const written = ['saved.json', ...formats.map(format => `report.${format}`)].map(name =>
    readFileSync(inFolder(name), 'utf8'),
  )
  const bodies = [keyPem(key), lockedPem(key)].map(text => text.split('\n')[1] ?? '')
  for (const text of [stdout, stderr, ...written]) {
    expect(text.length).toBeGreaterThan(0)
    for (const secret of [...bodies, 'PRIVATE KEY', 'secret']) expect(text).not.toContain(secret)
  }
})
