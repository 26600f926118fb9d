// Files as other programs write and read them: OpenSSL's containers, nginx's configuration, a terminal that asks.
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { NOW } from '../helpers/certs.ts'
import { type JsonReport, runCli } from '../helpers/cli.ts'
import { serveNginx } from './nginx.ts'
import { type Folder, HOST, makeFolder } from './pki.ts'
import { requireProgram, runProgram } from './programs.ts'

beforeAll(() => {
  for (const name of ['openssl', 'nginx', 'python3']) requireProgram(name)
})

const ALWAYS = ['--at', new Date(NOW).toISOString(), '--no-fetch', '--host', HOST]

async function gate(folder: Folder, args: readonly string[], env: Record<string, string> = {}) {
  const all = ['gate', ...args, ...ALWAYS, '--cacert', folder.root, '-f', 'json']
  const { stdout, stderr } = await runCli(all, { env })
  if (stdout === '') throw new Error(stderr)
  return (JSON.parse(stdout) as JsonReport).targets
}

/** Nothing against key, names and chain; of transparency it has none. */
const rulesOf = ([target]: JsonReport['targets']) =>
  target?.findings.map(({ ruleId }) => ruleId).filter(id => id !== 'ct-missing')

describe('PKCS#12 as OpenSSL writes it', () => {
  it.each<[string, string, readonly string[]]>([
    ['today', 'secret', []],
    ['of old', 'secret', ['-legacy']],
    [
      'with Triple DES',
      'secret',
      ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
    ],
    ['with an empty password', '', []],
    ['with a Chinese password', '密码', []],
    ['with many rounds', 'secret', ['-iter', '100000']],
    ['without a MAC', 'secret', ['-nomac']],
    ['with nothing encrypted', 'secret', ['-keypbe', 'NONE', '-certpbe', 'NONE']],
  ])('%s', async (_, password, options) => {
    const folder = makeFolder()
    for (const kind of ['ec-p256', 'rsa-2048'] as const) {
      const { leaf, issuers, key } = folder.identity(kind)
      const out = path.join(folder.path, `${kind}.p12`)
      const input = ['-inkey', key, '-in', leaf, '-certfile', issuers]
      const env = { ...process.env, LC_ALL: 'C.UTF-8' }
      const args = ['pkcs12', '-export', ...input, '-out', out, '-passout', `pass:${password}`]
      execFileSync('openssl', [...args, ...options], { env, stdio: 'pipe' })
      expect(rulesOf(await gate(folder, [out], { MPCERT_PASSWORD: password })), kind).toEqual([])
      const wrong = await runCli(['gate', out, ...ALWAYS], { env: { MPCERT_PASSWORD: 'x' } })
      expect(wrong.stderr).toMatch(/the password is wrong/)
      expect(wrong.code).toBe(2)
    }
  })
})

test.each([
  ['pkcs8', ['-v2', 'aes-256-cbc']],
  ['pkcs8', ['-v1', 'PBE-SHA1-3DES']],
  ['pkcs8', ['-scrypt']],
])('a key encrypted by openssl %s %j', async (command, options) => {
  const folder = makeFolder()
  const { chain, key } = folder.identity('rsa-2048')
  const out = path.join(folder.path, 'locked.pem')
  const args = [command, '-topk8', '-in', key, '-out', out, '-passout', 'pass:secret']
  await runProgram('openssl', [...args, ...options])
  const targets = await gate(folder, [chain, '--key', out], { MPCERT_PASSWORD: 'secret' })
  expect(rulesOf(targets)).toEqual([])
})

test('a configuration that nginx runs with: the chain of its files is the one it sends', async () => {
  const folder = makeFolder()
  const both = [folder.identity('rsa-2048'), folder.identity('ec-p256', 'two CAs')]
  const port = await serveNginx(folder, both, 'ssl_protocols TLSv1.2 TLSv1.3;')
  const files = await gate(folder, ['--nginx', path.join(folder.path, 'nginx.conf')])
  const live = ['--resolve', `${HOST}:${port}:127.0.0.1`, '--cacert', folder.root]
  const check = ['check', `${HOST}:${port}`, ...live, ...ALWAYS.slice(0, 3), '-f', 'json']
  const [target] = (JSON.parse((await runCli(check)).stdout) as JsonReport).targets
  const sent = (targets: JsonReport['targets']) =>
    targets
      .flatMap(({ chains }) => chains.map(one => one.sent.map(({ sha256 }) => sha256).join(' ')))
      .sort()
  expect(files.map(({ host }) => host)).toEqual([HOST, HOST])
  expect(sent(files)).toEqual(sent(target ? [target] : []))
})

describe('at a terminal', () => {
  /** Types the password once it is asked for; prints all that the terminal showed, and the exit code. */
  const TYPIST = `
import os, pty, sys, time
pid, fd = pty.fork()
if pid == 0: os.execvp(sys.argv[2], sys.argv[2:])
seen = b''
typed = False
while True:
    try: chunk = os.read(fd, 4096)
    except OSError: break
    if not chunk: break
    seen += chunk
    if not typed and b'Password of' in seen:
        typed = True
        time.sleep(0.3)
        os.write(fd, sys.argv[1].encode().decode('unicode_escape').encode('latin-1'))
sys.stdout.buffer.write(seen)
print('exit', os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`
  const program = fileURLToPath(new URL('../../bin/mpcert.js', import.meta.url))
  const locked = fileURLToPath(new URL('../x509/locked/new.p12', import.meta.url))
  const type = (keys: string, files: readonly string[] = [locked]) =>
    runProgram('python3', [
      '-c',
      TYPIST,
      keys,
      process.execPath,
      program,
      'gate',
      ...files,
      '--lang',
      'en',
      '--no-fetch',
      '--no-color',
    ])

  it('the password is asked for, and not shown', async () => {
    const said = await type('secret\\r')
    expect(said).toMatch(/Password of \S+new\.p12: \r?\n/)
    expect(said).not.toContain('secret')
    expect(said).toContain('Chain')
    expect(said).toContain('exit 1')
  })

  it('an interrupt at the question ends it with 130', async () => {
    expect(await type('\\x03')).toContain('exit 130')
  })

  it('so it is for the key of a configuration', async () => {
    const folder = makeFolder()
    const { chain, key } = folder.identity('rsa-2048')
    const out = path.join(folder.path, 'locked.pem')
    await runProgram('openssl', ['pkcs8', '-topk8', '-in', key, '-out', out, '-passout', 'pass:x'])
    const pair = `ssl_certificate ${chain}; ssl_certificate_key ${out};`
    const conf = `http { server { listen 443 ssl; server_name ${HOST}; ${pair} } }`
    const files = ['--nginx', folder.write('nginx.conf', conf), '--cacert', folder.root]
    expect(await type('\\x03', files)).toContain('exit 130')
    const fine = await type('x\\r', [...files, ...ALWAYS])
    expect(fine).toContain('exit 0')
    expect(await type('y\\r', [...files, ...ALWAYS])).toMatch(/the password is\s+wrong.*exit 3/s)
  })
})
