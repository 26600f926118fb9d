// What `gate --nginx` reads out of a configuration, beside what nginx itself takes from it.
import { createPrivateKey } from 'node:crypto'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import tls from 'node:tls'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { makeLeaf, NOW, testKey } from '../helpers/certs.ts'
import { type JsonReport, runCli } from '../helpers/cli.ts'
import { serveNginx } from './nginx.ts'
import { type Folder, HOST, makeFolder } from './pki.ts'
import { requireProgram, runProgram } from './programs.ts'

beforeAll(() => requireProgram('nginx'))

const ALWAYS = ['--at', new Date(NOW).toISOString(), '--no-fetch']

/** The same text to both; `@1` and `@2` are sockets, for `nginx -T` binds what it reads. */
async function both(folder: Folder, http: string) {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map(name => `${name}_temp_path ${folder.path}/${name};`)
    .join(' ')
  const main = `pid ${folder.path}/pid; error_log stderr emerg; events {}`
  const blocks = http.replace(/@(\d)/g, `unix:${folder.path}/socket$1`)
  const file = folder.write('nginx.conf', `${main}\nhttp { access_log off; ${temp}\n${blocks}\n}\n`)
  const said = await runProgram('nginx', ['-T', '-e', 'stderr', '-p', folder.path, '-c', file])
  const args = ['gate', '--nginx', file, ...ALWAYS, '--cacert', folder.root, '-f', 'json']
  const { code, stdout, stderr } = await runCli(args)
  const targets = stdout === '' ? [] : (JSON.parse(stdout) as JsonReport).targets
  return { said, isFine: /test is successful/.test(said), code, targets, stderr }
}

const LISTEN = 'listen @1 ssl;'

/** Files by short names in the folder of the configuration. */
function folderOfFiles(): Folder {
  const folder = makeFolder()
  const { chain, leaf, key } = folder.identity('rsa-2048')
  const { chain: ecChain, key: ecKey } = folder.identity('ec-p256')
  const copy = (name: string, ...files: string[]) =>
    folder.write(name, files.map(file => readFileSync(file, 'utf8')).join(''))
  copy('c.pem', chain)
  copy('k.pem', key)
  copy('ec.pem', ecChain)
  copy('ec.key', ecKey)
  copy('both.pem', key, chain)
  copy('strange name}".pem', chain)
  const pem = { type: 'pkcs8', format: 'pem' } as const
  folder.write('other.key', String(testKey('rsa-2048', 1).privateKey.export(pem)))
  folder.write('text.pem', 'hello')
  folder.write('cut.pem', readFileSync(leaf, 'utf8').slice(0, 300))
  const lock = { ...pem, cipher: 'aes-256-cbc', passphrase: 'secret' }
  const locked = createPrivateKey(readFileSync(key)).export(lock)
  folder.write('locked.key', locked.toString())
  folder.write('pw', 'first\nsecret\n')
  folder.write('wrong', 'first\n')
  const der = createPrivateKey(readFileSync(key)).export({ type: 'pkcs8', format: 'der' })
  writeFileSync(path.join(folder.path, 'k.der'), der)
  return folder
}

test.each([
  `plain.pem`,
  `"with space.pem"`,
  `'single "double".pem'`,
  String.raw`"tab\tquote\"back\\slash\;semi\ blank.pem"`,
  String.raw`un\"quoted\\n\ame\;too.pem`,
  String.raw`spa\ ce.pem`,
  `curly}in.pem`,
  `hash#in"quote'.pem`,
  `../up/./here.pem`,
  `'文件.pem'`,
])('the file that is meant by %s', async written => {
  const { said, targets, code } = await both(
    makeFolder(),
    `server { ${LISTEN} server_name ${HOST}; ssl_certificate_key k.pem;\nssl_certificate ${written}; }`,
  )
  const [, meant] = /cannot load certificate "(.+)": BIO_new_file/s.exec(said) ?? []
  expect(meant, said).toBeDefined()
  expect(path.resolve(targets[0]?.input ?? '')).toBe(path.resolve(meant ?? ''))
  expect(targets[0]?.error?.message).toContain('no such file')
  expect(code).toBe(3)
})

test.each([
  `ssl_certificate 'c'.pem;`,
  `ssl_certificate c.pem`,
  `ssl_certificate "c.pem;`,
  `; ssl_certificate c.pem;`,
  `{ } ssl_certificate c.pem;`,
])('what is no configuration: %s', async body => {
  const { isFine, code, said } = await both(folderOfFiles(), `server { ${LISTEN} ${body} }`)
  expect(isFine, said).toBe(false)
  expect(code).toBe(2)
})

describe('passes what nginx starts with, and nothing that it does not', () => {
  const named = (body: string) => `server { ${LISTEN} server_name ${HOST}; ${body} }`
  const C = 'ssl_certificate c.pem;'
  const K = 'ssl_certificate_key k.pem;'
  const inline = (file: string) => `"data:${file}"`
  test.each<[string, boolean, (folder: Folder) => string]>([
    ['a pair', true, () => named(C + K)],
    [
      'quotes around a strange name',
      true,
      () => named(`ssl_certificate 'strange name}".pem'; ${K}`),
    ],
    [
      'a pair of each kind',
      true,
      () => named(`${C} ssl_certificate ec.pem; ${K} ssl_certificate_key ec.key;`),
    ],
    [
      'pairs that cross',
      true,
      () => named(`${C} ssl_certificate ec.pem; ssl_certificate_key ec.key; ${K}`),
    ],
    ['one key for two', false, () => named(`${C} ssl_certificate ec.pem; ${K}`)],
    ['all inherited', true, () => `${named('')} ${C} ${K}`],
    ['a key inherited', true, () => `${K} ${named(C)}`],
    ['a certificate inherited', true, () => `${C} ${named(K)}`],
    ['a key that the block replaces', true, () => `ssl_certificate_key gone; ${named(C + K)}`],
    ['no key', false, () => named(C)],
    [
      'no certificate',
      false,
      () => `${named('')} server { listen @2 ssl; ${C} ${K} server_name ${HOST}; }`,
    ],
    [
      'key and certificate in one file',
      true,
      () => named('ssl_certificate both.pem; ssl_certificate_key both.pem;'),
    ],
    ['no key in the file', false, () => named(`${C} ssl_certificate_key c.pem;`)],
    ['no certificate in the file', false, () => named(`ssl_certificate k.pem; ${K}`)],
    ['text', false, () => named(`ssl_certificate text.pem; ${K}`)],
    ['a file that was cut off', false, () => named(`ssl_certificate cut.pem; ${K}`)],
    ['a key in DER', false, () => named(`${C} ssl_certificate_key k.der;`)],
    ['a key of another certificate', false, () => named(`${C} ssl_certificate_key other.key;`)],
    [
      'a locked key',
      true,
      () => named(`${C} ssl_certificate_key locked.key; ssl_password_file pw;`),
    ],
    [
      'a locked key, the password inherited',
      true,
      () => `ssl_password_file pw; ${named(`${C} ssl_certificate_key locked.key;`)}`,
    ],
    [
      'a locked key and wrong passwords',
      false,
      () => named(`${C} ssl_certificate_key locked.key; ssl_password_file wrong;`),
    ],
    ['a password file that is not there', false, () => named(`${C} ${K} ssl_password_file gone;`)],
    [
      'a block that has the default server show its own',
      true,
      () =>
        `server { ${LISTEN} ${C} ${K} server_name ${HOST}; } server { listen @1; server_name ${HOST}; }`,
    ],
    [
      'handshakes rejected',
      true,
      () => `server { listen @1 ssl default_server; ssl_reject_handshake on; } ${named(C + K)}`,
    ],
    [
      'handshakes rejected, and no certificate',
      false,
      () =>
        `server { ${LISTEN} ssl_reject_handshake on; } ${named('')} server { listen @2 ssl; ${C} ${K} server_name ${HOST}; }`,
    ],
    ['a missing include', false, () => `include gone.conf; ${named(C + K)}`],
    ['a pattern that finds nothing', true, () => `include gone*.conf; ${named(C + K)}`],
    [
      'all of it in the configuration',
      true,
      folder => {
        const text = (name: string) => inline(readFileSync(path.join(folder.path, name), 'utf8'))
        return named(`ssl_certificate ${text('c.pem')}; ssl_certificate_key ${text('k.pem')};`)
      },
    ],
  ])('%s', async (_, isFine, write) => {
    const folder = folderOfFiles()
    const seen = await both(folder, write(folder))
    expect(seen.isFine, seen.said).toBe(isFine)
    expect(seen.code === 0, JSON.stringify([seen.code, seen.stderr, seen.targets[0]?.error])).toBe(
      isFine,
    )
    expect(seen.targets.map(({ host }) => host)).toContain(HOST)
  })
})

test.each([
  'd/*.conf',
  'd/.*.conf',
  'd/[!a]*.conf',
  'd/[^a]*.conf',
  'd/?.conf',
  'd/[a-c]*.conf',
  String.raw`d/\[x].conf`,
  'd/[[]x].conf',
  'd/[].]*.conf',
  'd/{a,b}*.conf',
  'd/[.conf',
  '*/a.conf',
  '*/*.conf',
  '?/sub/../b1.conf',
  'link/../e/*.conf',
  './d/../d/b1.conf',
])('the files that include %s means, in their order', async pattern => {
  const folder = folderOfFiles()
  const files = ['d/.h.conf', 'd/B.conf', 'd/a.conf', 'd/b1.conf', 'd/[x].conf', 'e/b1.conf']
  for (const name of ['d/sub', 'e']) mkdirSync(path.join(folder.path, name), { recursive: true })
  symlinkSync(path.join(folder.path, 'd', 'sub'), path.join(folder.path, 'link'))
  const hostOf = (file: string) => `${file.toLowerCase().replace(/\W/g, '')}.example`
  const listen = `listen unix:${folder.path}/socket1 ssl;`
  for (const file of files) folder.write(file, `server { ${listen} server_name ${hostOf(file)}; }`)
  const common = 'ssl_certificate c.pem; ssl_certificate_key k.pem;'
  const end = `server { ${LISTEN} server_name end.example; }`
  const { said, targets } = await both(folder, `${common} include "${pattern}"; ${end}`)
  const read = [...said.matchAll(/^# configuration file (.+):$/gm)].map(([, file = '']) =>
    hostOf(path.relative(folder.path, file)),
  )
  expect(targets.map(({ host }) => host).filter(host => host !== 'end.example')).toEqual(
    read.slice(1),
  )
})

describe('names', () => {
  /** Which certificate is shown for a name, by its commonName. */
  const shown = (port: number, servername: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = tls.connect({ port, host: '127.0.0.1', servername, rejectUnauthorized: false })
      socket.once('error', reject)
      socket.once('secureConnect', () => {
        resolve(String(socket.getPeerX509Certificate()?.subjectAltName))
        socket.destroy()
      })
    })

  it('are led to the certificates that they are judged with', async () => {
    const folder = makeFolder()
    const key = testKey('ec-p256', 3)
    folder.write('w.key', String(key.privateKey.export({ type: 'pkcs8', format: 'pem' })))
    folder.write('w.pem', encodePem(makeLeaf(['wild.example', '*.wild.example'], { key }).der))
    const pair = 'ssl_certificate w.pem; ssl_certificate_key w.key;'
    const others = (port: number) => `
      server { listen 127.0.0.1:${port}; server_name none.example; }
      server { listen 127.0.0.1:${port} ssl; server_name .wild.example *.deep.example; ${pair} }`
    const port = await serveNginx(
      folder,
      [folder.identity('rsa-2048')],
      '',
      'default_server',
      others,
    )
    const wild = /wild\.example/
    for (const name of ['wild.example', 'a.wild.example', 'a.b.wild.example', 'a.deep.example'])
      expect(await shown(port, name), name).toMatch(wild)
    for (const name of ['deep.example', 'none.example', HOST])
      expect(await shown(port, name), name).toBe(`DNS:${HOST}`)
    const file = path.join(folder.path, 'nginx.conf')
    const { stdout } = await runCli(['gate', '--nginx', file, ...ALWAYS, '-f', 'json'])
    const { targets } = JSON.parse(stdout) as JsonReport
    const judged = targets.map(({ host, findings, chains }) => {
      const mismatch = findings.some(({ ruleId }) => ruleId === 'hostname-mismatch')
      return `${host} ${chains[0]?.sent[0]?.san.join(' ')} ${mismatch}`
    })
    expect(judged).toEqual([
      `none.example ${HOST} true`,
      'wild.example wild.example *.wild.example false',
      '*.wild.example wild.example *.wild.example false',
      '*.deep.example wild.example *.wild.example true',
      `${HOST} ${HOST} false`,
    ])
  })
})
