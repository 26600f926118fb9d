// Real clients: what `mpcert capture` saves of them, sent again by `check --client-hello`, gets what they get.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import tls, { type TlsOptions } from 'node:tls'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, describe, expect, test } from 'vitest'
import { hellos } from '../../src/hellos/index.ts'
import { ja3, ja4 } from '../../src/wire/fingerprint.ts'
import { parseClientHello } from '../../src/wire/parse-client-hello.ts'
import { encodeClientHello } from '../../src/wire/tls.ts'
import { type CliProcess, type JsonReport, runCli, startCli } from '../helpers/cli.ts'
import { identity, startTls } from '../helpers/tls-server.ts'

const NAME = 'capture.example'
const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-capture-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Got {
  readonly protocol: string
  readonly cipher: string
  /** Null where there was none; left out by clients that do not tell. */
  readonly group?: string | null
}

/** A client that opens a port; what it got there, null where it was sent away. */
type Client = (port: number) => Promise<Got | null>

const has = (program: string) => spawnSync(program, ['--version']).status === 0
const CLIENTS: readonly (readonly [name: string, client: Client, here: boolean])[] = [
  ['Node', node({}), true],
  [
    'Node with TLS 1.2 and ALPN',
    node({ maxVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'] }),
    true,
  ],
  ['openssl s_client', openssl, spawnSync('openssl', ['version']).status === 0],
  ['curl', curl, has('curl')],
]

const SERVERS: Readonly<Record<string, TlsOptions>> = {
  'TLS 1.3': {},
  'TLS 1.3 alone': { minVersion: 'TLSv1.3' },
  'TLS 1.3 after a HelloRetryRequest': { ecdhCurve: 'secp521r1' },
  'TLS 1.2 with P-384': { maxVersion: 'TLSv1.2', ecdhCurve: 'secp384r1' },
  'TLS 1.2 with CBC': { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-RSA-AES256-SHA' },
  'TLS 1.2 without forward secrecy': { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' },
}

describe.each(CLIENTS)('%s', (name, client, here) => {
  const file = path.join(folder, `${name}.bin`)

  test.runIf(here)('is captured and explained', async () => {
    const capture = startCli(['capture', '--output', file])
    expect(await client(await portOf(capture))).toBeNull()
    const { code, stdout } = await capture.done
    expect(code).toBe(0)
    const hello = parseClientHello(readFileSync(file))
    expect(hello.serverName).toBe(NAME)
    for (const value of [ja3(hello), ja4(hello), NAME, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'])
      expect(stdout).toContain(value)
  })

  test.runIf(here).each(Object.entries(SERVERS))(
    'gets what its hello gets: %s',
    async (_, options) => {
      const { cert, key } = identity('rsa-2048')
      const port = await startTls({ cert, key, ...options })
      const target = `${NAME}:${port}`
      const [got, checked] = await Promise.all([
        client(port),
        runCli([
          'check',
          target,
          ...['--resolve', `${target}:127.0.0.1`, '--no-fetch', '--format', 'json'],
          ...['--client-hello', file, '--platforms', 'client-hello'],
        ]),
      ])
      const report = JSON.parse(checked.stdout) as JsonReport
      const [platform] = report.targets[0]?.platforms ?? []
      expect(platform).toMatchObject({
        id: 'client-hello',
        name: path.basename(file),
        counts: true,
      })
      const replayed = platform?.cells[0]?.handshake
      if (got) expect(replayed).toMatchObject(got)
      else expect(replayed).toBeNull()
      const hello = parseClientHello(readFileSync(file))
      expect(report.run.clientHello).toMatchObject({ ja3: ja3(hello), ja4: ja4(hello) })
    },
  )
})

describe('mpcert capture', () => {
  test('tells of strangers, and waits on', async () => {
    const file = path.join(folder, 'strangers.bin')
    const capture = startCli(['capture', '-o', file])
    let stderr = ''
    capture.child.stderr.on('data', text => {
      stderr += text
    })
    const port = await portOf(capture)
    for (const bytes of ['GET / HTTP/1.1\r\n\r\n', Buffer.from('802e010002001500', 'hex')]) {
      const socket = connect(port, '127.0.0.1').end(bytes)
      await once(socket.resume(), 'close')
    }
    // One that says nothing, and one that goes in the midst of its hello.
    const silent = connect(port, '127.0.0.1')
    const half = connect(port, '127.0.0.1').end(Buffer.from('1603010100', 'hex'))
    await once(half.resume(), 'close')
    expect(await node({})(port)).toBeNull()
    expect((await capture.done).code).toBe(0)
    expect(stderr).toContain('no TLS handshake record at byte 0): "GET / HTTP/1.1"; still waiting')
    expect(stderr).toContain('SSL 2.0')
    expect(existsSync(file)).toBe(true)
    silent.destroy()
  })

  test('answers with a fatal handshake_failure', async () => {
    const capture = startCli(['capture', '-o', path.join(folder, 'alert.bin')])
    const socket = connect(await portOf(capture), '127.0.0.1')
    socket.write(readFileSync(path.join(folder, 'strangers.bin')))
    const [alert] = await once(socket, 'data')
    expect(alert).toEqual(Buffer.from('15030300020228', 'hex'))
    socket.end()
    expect((await capture.done).code).toBe(0)
  })

  test('makes harmless what a stranger calls the server', async () => {
    const capture = startCli(['capture', '-o', path.join(folder, 'escape.bin'), '--no-color'])
    const socket = connect(await portOf(capture), '127.0.0.1')
    socket.write(encodeClientHello(hellos['tls-1.3'].spec, '\x1b[31mred\r\n'))
    socket.resume().on('end', () => socket.end())
    const { code, stdout } = await capture.done
    expect(code).toBe(0)
    expect(stdout).toContain('[31mred')
    expect(stdout).not.toMatch(/(?!\n)\p{Cc}/u)
  })

  test('never overwrites a file', async () => {
    const file = path.join(folder, 'there.bin')
    writeFileSync(file, 'precious')
    const stderr = `mpcert: ${file} is there already: name another file with --output\n`
    expect(await runCli(['capture', '-o', file])).toMatchObject({ code: 2, stdout: '', stderr })
    expect(readFileSync(file, 'utf8')).toBe('precious')
  })

  test('ends in time where nobody comes', async () => {
    const file = path.join(folder, 'late.bin')
    const result = await runCli(['capture', '-q', '-o', file, '--timeout', '100ms'])
    expect(result).toMatchObject({ code: 3, stderr: 'mpcert: no TLS client came in time\n' })
    expect(existsSync(file)).toBe(false)
  })

  test('says why it cannot listen', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    const file = path.join(folder, 'taken.bin')
    const result = await runCli(['capture', '-o', file, '--port', String(port)])
    expect(result).toMatchObject({
      code: 2,
      stderr: `mpcert: cannot listen on 127.0.0.1:${port}: the port is taken\n`,
    })
    taken.close()
  })

  test.each([
    ['--port', '65536'],
    ['--port', 'x'],
    ['--host', 'phone'],
    ['--timeout', '0'],
  ])('%s %s is refused', async (...args) => {
    expect(await runCli(['capture', ...args])).toMatchObject({ code: 2, stdout: '' })
  })

  test.skipIf(process.platform === 'win32')('is ended by an interrupt, with 130', async () => {
    const file = path.join(folder, 'interrupted.bin')
    const capture = startCli(['capture', '-o', file])
    await portOf(capture)
    capture.child.kill('SIGINT')
    expect(await capture.done).toMatchObject({ code: 130, stdout: '' })
    expect(existsSync(file)).toBe(false)
  })
})

describe('check --client-hello', () => {
  test.each([
    ['missing.bin', null, 'missing.bin: no such file'],
    ['empty.bin', '', 'it is empty'],
    ['words.txt', 'no dump at all', 'neither bytes nor a hex dump'],
    ['other.bin', '\x16\x03\x03\x00\x04\x02\x00\x00\x00', 'no ClientHello'],
  ])('%s is refused in one line', async (name, content, reason) => {
    const file = path.join(folder, name)
    if (content !== null) writeFileSync(file, content, 'latin1')
    const result = await runCli(['check', 'a.example', '--client-hello', file])
    expect(result).toMatchObject({ code: 2, stdout: '' })
    expect(result.stderr).toContain(reason)
    expect(result.stderr.trim().split('\n')).toHaveLength(1)
  })

  test('stands beside the platforms that are judged anyway, and says what it is', async () => {
    const { cert, key } = identity('rsa-2048')
    const port = await startTls({ cert, key })
    const file = path.join(folder, 'Node.bin')
    const args = ['check', `127.0.0.1:${port}`, '--no-fetch', '--client-hello', file]
    const { stdout, stderr, code } = await runCli(args)
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(/^ DevTools .*fail/m)
    expect(stdout).toMatch(/^ Node\.bin +✗ fail/m)
    const hello = parseClientHello(readFileSync(file))
    expect(stdout).toContain(`JA4 ${ja4(hello)}  JA3 ${ja3(hello)}`)
  })

  test('is judged again from what was saved, by that very hello and no other', async () => {
    const { cert, key } = identity('rsa-2048')
    const port = await startTls({ cert, key })
    const [saved, file] = [path.join(folder, 'seen.json'), path.join(folder, 'Node.bin')]
    const alone = ['--platforms', 'client-hello', '--format', 'json', '--client-hello']
    const args = ['check', `127.0.0.1:${port}`, '--no-fetch', '--save', saved, ...alone, file]
    const [checked, again, otherwise] = [
      await runCli(args),
      await runCli(['judge', saved, ...alone, file]),
      await runCli(['judge', saved, ...alone, path.join(folder, 'Node with TLS 1.2 and ALPN.bin')]),
    ].map(({ stdout }) => JSON.parse(stdout) as JsonReport)
    expect(again?.targets).toEqual(checked?.targets)
    expect(checked?.targets[0]?.status).toBe('fail')
    expect(otherwise?.targets[0]).toMatchObject({ status: 'unknown', grade: null })
    const { stdout: schema } = await runCli(['schema'])
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
    formats.default(ajv)
    ajv.validate(JSON.parse(schema), checked)
    expect(ajv.errors).toBeNull()
  })
})

/** The port that the program says it listens on. */
async function portOf({ child }: CliProcess): Promise<number> {
  let text = ''
  for (;;) {
    const port = /listening on 127\.0\.0\.1:(\d+)/.exec(text)?.[1]
    if (port !== undefined) return Number(port)
    const [more] = await once(child.stderr, 'data')
    text += more
  }
}

function node(options: tls.ConnectionOptions): Client {
  return port =>
    new Promise(resolve => {
      const where = { port, host: '127.0.0.1', servername: NAME, rejectUnauthorized: false }
      const socket = tls.connect({ ...where, ...options })
      socket.on('error', () => resolve(null))
      socket.once('secureConnect', () => {
        const info = socket.getEphemeralKeyInfo() as { name?: string } | null
        resolve({
          protocol: socket.getProtocol() ?? '',
          cipher: socket.getCipher().standardName,
          group: info?.name ? groupOf(info.name) : null,
        })
        socket.destroy()
      })
    })
}

async function openssl(port: number): Promise<Got | null> {
  const args = ['s_client', '-connect', `127.0.0.1:${port}`, '-servername', NAME]
  const text = await outputOf(spawn('openssl', args, { stdio: ['pipe', 'pipe', 'pipe'] }))
  const [, protocol, cipher = ''] = /New, (TLSv[\d.]+), Cipher is (\S+)/.exec(text) ?? []
  const shown = /Protocol *: (TLSv[\d.]+)/.exec(text)?.[1]
  if (protocol === undefined) return null
  const group = /Server Temp Key: (?:ECDH, )?([\w-]+)/.exec(text)?.[1]
  return {
    protocol: shown ?? protocol,
    cipher: ianaName(cipher),
    group: group ? groupOf(group) : null,
  }
}

async function curl(port: number): Promise<Got | null> {
  const args = ['-kvs', '--max-time', '1', '--connect-to', `${NAME}:443:127.0.0.1:${port}`]
  const text = await outputOf(spawn('curl', [...args, `https://${NAME}/`]))
  const [, protocol, cipher] = /SSL connection using (TLSv[\d.]+) \/ (\S+)/.exec(text) ?? []
  return protocol === undefined ? null : { protocol, cipher: ianaName(cipher ?? '') }
}

async function outputOf(child: ChildProcess): Promise<string> {
  let text = ''
  child.stdout?.on('data', part => {
    text += part
  })
  child.stderr?.on('data', part => {
    text += part
  })
  child.stdin?.end()
  await once(child, 'close')
  return text
}

/** By Node, which has a name for all that OpenSSL has. */
function ianaName(name: string): string {
  if (name.startsWith('TLS_')) return name
  return IANA_NAMES[name] ?? name
}

const IANA_NAMES: Readonly<Record<string, string>> = {
  'ECDHE-RSA-AES256-GCM-SHA384': 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256': 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  'ECDHE-RSA-AES256-SHA': 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA',
  'AES128-GCM-SHA256': 'TLS_RSA_WITH_AES_128_GCM_SHA256',
}

function groupOf(name: string): string {
  return (
    { X25519: 'x25519', prime256v1: 'secp256r1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' }[
      name
    ] ?? name
  )
}
