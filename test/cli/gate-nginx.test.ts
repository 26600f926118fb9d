// `mpcert gate --nginx` through the real program: every block of a configuration, whatever another one lacks.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { makeLeaf, testKey } from '../helpers/certs.ts'
import { type JsonReport, runCli } from '../helpers/cli.ts'
import { type Files, writeFolder } from '../helpers/folder.ts'
import {
  ALWAYS,
  gate,
  HOST,
  issuer,
  judged,
  key,
  keyPem,
  leaf,
  other,
  pem,
  root,
} from '../helpers/gate.ts'

const locked = (passphrase: string) =>
  key.privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase })
    .toString()

const FILES = {
  'tls/full.pem': pem(leaf, issuer),
  'tls/key.pem': keyPem(key),
  'tls/rsa.pem': pem(other, issuer),
  'tls/rsa.key': keyPem(testKey('rsa-2048'), 'pkcs1'),
}
const CERTIFICATE = 'ssl_certificate tls/full.pem;'
const KEY = 'ssl_certificate_key tls/key.pem;'
const server = (body: string) => `server { listen 443 ssl; ${body} }\n`
const GOOD = server(`server_name ${HOST}; ${CERTIFICATE} ${KEY}`)

/** Runs it on this text of `http {}`, which begins at line 2. */
const inHttp = (text: string, files: Files = {}, args: readonly string[] = []) =>
  judged({ ...FILES, 'nginx.conf': `http {\n${text}}\n`, ...files }, [
    '--nginx',
    'nginx.conf',
    ...args,
  ])

it('takes each certificate with the names of its server, over includes, quotes and what stands around', async () => {
  const { report, found, stderr, code } = await judged(
    {
      ...FILES,
      'nginx.conf': `user nginx; # ssl_certificate nowhere.pem;
events {}
http {
  ssl_certificate "tls/full.pem";
  ssl_certificate_key tls/key.pem;
  log_format main '$remote_addr { } "quoted";';
  include conf.d/*.conf;
}
`,
      'conf.d/a.conf': server(`server_name ${HOST} WWW.gate.example;`),
      'conf.d/b.conf': `server {\n  listen [::]:8443 ssl;\n  server_name other.gate.example;\n  ssl_certificate tls/rsa.pem;\n  ssl_certificate_key tls/rsa.key;\n}\n`,
      'conf.d/c.conf': 'server { listen 80; server_name plain.example; }',
      'conf.d/.hidden.conf': server('server_name hidden.example;'),
    },
    ['--nginx', 'nginx.conf'],
  )
  expect(report.targets.map(({ host }) => host)).toEqual([
    HOST,
    'www.gate.example',
    'other.gate.example',
  ])
  expect(found).toEqual([[], [], []])
  expect(stderr).toBe('')
  expect(code).toBe(0)
})

it('judges a certificate that does not fit its server, and points at the line', async () => {
  const conf = `http {\n${server(`server_name api.elsewhere.example;\n ${CERTIFICATE}\n ssl_certificate_key tls/rsa.key;`)}}`
  const outputs = ['-o', 'sarif=out.sarif', '-o', 'json=out.json']
  const files = { ...FILES, 'nginx.conf': conf }
  const { folder, code } = await gate(files, ['--nginx', 'nginx.conf', ...outputs])
  expect(code).toBe(1)
  const report = JSON.parse(readFileSync(path.join(folder, 'out.json'), 'utf8')) as JsonReport
  const rules = report.targets[0]?.findings.map(({ ruleId }) => ruleId)
  expect(rules).toEqual(expect.arrayContaining(['key-mismatch', 'hostname-mismatch']))
  const sarif = readFileSync(path.join(folder, 'out.sarif'), 'utf8')
  expect(sarif).toMatch(/"uri":\s*"nginx\.conf"/)
  expect(sarif).toMatch(/"startLine":\s*3/)
})

it('says what it cannot follow', async () => {
  const { stderr, found, code } = await inHttp(
    `${server('ssl_certificate /etc/$ssl_server_name.pem;')}${GOOD} include gone.conf;`,
  )
  expect(stderr).toContain('nginx.conf:2: /etc/$ssl_server_name.pem is known at run time alone')
  expect(stderr).toMatch(/gone\.conf: no such file/)
  expect(found).toEqual([[]])
  expect(code).toBe(3)
})

describe('what one block lacks is told of it, and the others are judged', () => {
  const broken = `-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n`
  test.each<[string, string, Files, RegExp]>([
    ['the certificate', `ssl_certificate gone.pem; ${KEY}`, {}, /gone\.pem: no such file/],
    ['the key', `${CERTIFICATE} ssl_certificate_key gone.key;`, {}, /gone\.key: no such file/],
    ['a line for the key', CERTIFICATE, {}, /no ssl_certificate_key/],
    ['a file: a folder', `ssl_certificate tls; ${KEY}`, {}, /tls: is a folder/],
    [
      'a certificate in its file',
      `ssl_certificate tls/key.pem; ${KEY}`,
      {},
      /no PEM certificate in it/,
    ],
    ['PEM', `ssl_certificate a.der; ${KEY}`, { 'a.der': leaf.der }, /no PEM certificate in it/],
    [
      'a key in its file',
      `${CERTIFICATE} ssl_certificate_key tls/full.pem;`,
      {},
      /no PEM private key in it/,
    ],
    [
      'the end of its certificate',
      `ssl_certificate a.pem; ${KEY}`,
      { 'a.pem': pem(leaf).slice(0, 400) },
      /a\.pem cannot be read: .*no END line/,
    ],
    [
      'a key that is one',
      `${CERTIFICATE} ssl_certificate_key a.key;`,
      { 'a.key': broken },
      /a\.key cannot be read: .*key/,
    ],
    [
      'a password',
      `${CERTIFICATE} ssl_certificate_key a.key;`,
      { 'a.key': locked('secret') },
      /a\.key needs a password/,
    ],
    [
      'the right password',
      `${CERTIFICATE} ssl_certificate_key a.key; ssl_password_file pw;`,
      { 'a.key': locked('secret'), pw: 'other\n' },
      /a\.key: the password is wrong/,
    ],
    [
      'the file of its password',
      `${CERTIFICATE} ssl_certificate_key a.key; ssl_password_file pw;`,
      { 'a.key': locked('secret') },
      /pw: no such file/,
    ],
  ])('%s', async (_, body, files, why) => {
    const names = 'server_name bad.gate.example www.bad.example;'
    const text = `server { listen 443 ssl; ${names}\n${body}\n}\n${GOOD}`
    const { report, code, stderr } = await inHttp(text, files)
    expect(report.targets.map(({ host, status }) => `${host} ${status}`)).toEqual([
      'bad.gate.example unknown',
      'www.bad.example unknown',
      `${HOST} pass`,
    ])
    const [{ error, findings } = {}] = report.targets
    expect(error).toMatchObject({ code: 'ERR_FILE', message: expect.stringMatching(why) })
    expect(error?.message).toMatch(/^nginx\.conf:3: /)
    expect(findings).toEqual([])
    expect(code).toBe(3)
    expect(stderr).toBe('')
  })

  const BAD = server(`server_name bad.gate.example; ssl_certificate gone.pem; ${KEY}`)

  it('at the line of the key where that is the fault, in Chinese too', async () => {
    const text = `server { listen 443 ssl; ${CERTIFICATE}\n server_name ${HOST};\nssl_certificate_key gone.key; }`
    const { report } = await inHttp(text, {}, ['--lang', 'zh-CN'])
    expect(report.targets[0]?.error?.message).toMatch(/^nginx\.conf:4：.*gone\.key：文件不存在$/)
  })

  it('and what is wrong elsewhere says more', async () => {
    const mismatch = server(`server_name api.elsewhere.example; ${CERTIFICATE} ${KEY}`)
    const { report, code } = await inHttp(BAD + mismatch)
    expect(report.targets.map(({ status }) => status)).toEqual(['unknown', 'fail'])
    expect(code).toBe(1)
  })

  it('in every format', async () => {
    const formats = [
      ...['text', 'json', 'jsonl', 'junit', 'sarif', 'html', 'markdown', 'csv'],
      ...['prometheus', 'nagios'],
    ]
    const outputs = formats.flatMap(format => ['-o', `${format}=out.${format}`])
    const files = { ...FILES, 'nginx.conf': `http {\n${BAD}${GOOD}}` }
    const { folder, code } = await gate(files, ['--nginx', 'nginx.conf', '--quiet', ...outputs])
    expect(code).toBe(3)
    const written = Object.fromEntries(
      formats.map(format => [format, readFileSync(path.join(folder, `out.${format}`), 'utf8')]),
    )
    const why = /nginx\.conf:2: \S*gone\.pem: no such file/
    for (const format of ['text', 'json', 'jsonl', 'junit', 'sarif', 'html', 'markdown', 'nagios'])
      expect(written[format], format).toMatch(why)
    expect(JSON.parse(written['json'] ?? '')).toMatchObject({
      summary: { targets: 2, unknown: 1, pass: 1, unreachable: 0 },
    })
    const lines = written['jsonl']?.trimEnd().split('\n') ?? []
    expect(lines.map(line => JSON.parse(line).type)).toEqual(['target', 'target', 'summary'])
    expect(JSON.parse(written['sarif'] ?? '').runs[0].invocations).toMatchObject([
      { executionSuccessful: false },
    ])
    expect(written['junit']).toMatch(/hostname="bad\.gate\.example"/)
    expect(written['junit']).toMatch(/<error message="nginx\.conf:2: /)
    expect(written['csv']).toMatch(/gone\.pem,bad\.gate\.example,,unknown,,,,,ERR_FILE,/)
    expect(written['prometheus']).toMatch(/probe_success\{[^}]*bad\.gate\.example[^}]*\} 0/)
    expect(written['nagios']).toMatch(/^\S+ UNKNOWN/)
  })

  it('and a password file that is not there ends it all: that is no fault of a block', async () => {
    const files = { ...FILES, 'nginx.conf': `http {\n${GOOD}}` }
    const args = ['--nginx', 'nginx.conf', '--password-file', 'none.txt']
    const { code, stdout, stderr } = await gate(files, args)
    expect(stderr).toBe('mpcert: none.txt: no such file\n')
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })
})

describe('names', () => {
  const holding = (...names: string[]) => pem(makeLeaf(names, { issuer, key }), issuer)
  const judge = (serverName: string, names: readonly string[], args: readonly string[] = []) =>
    inHttp(
      server(`\n${serverName}\nssl_certificate c.pem; ${KEY}`),
      { 'c.pem': holding(...names) },
      args,
    )

  test.each<[string, readonly string[], readonly string[]]>([
    ['*.a.example', ['*.a.example'], ['*.a.example ']],
    ['*.A.Example', ['*.a.EXAMPLE'], ['*.a.example ']],
    ['*.a.example', ['www.a.example', 'a.example'], ['*.a.example hostname-mismatch']],
    ['*.b.a.example', ['*.a.example'], ['*.b.a.example hostname-mismatch']],
    ['*.a.example', ['*.b.a.example'], ['*.a.example hostname-mismatch']],
    ['.a.example', ['a.example', '*.a.example'], ['a.example ', '*.a.example ']],
    ['.a.example', ['*.a.example'], ['a.example hostname-mismatch', '*.a.example ']],
    ['.a.example', ['a.example'], ['a.example ', '*.a.example hostname-mismatch']],
    ['a.example .a.example', ['a.example', '*.a.example'], ['a.example ', '*.a.example ']],
    ['"www.a.example"', ['*.a.example'], ['www.a.example ']],
    ['my_host.a.example', ['*.a.example'], ['my_host.a.example ']],
    ['192.0.2.1', ['*.a.example'], ['192.0.2.1 hostname-mismatch']],
  ])('server_name %s, the certificate for %j', async (value, names, expected) => {
    const { report, found, stderr, code } = await judge(`server_name ${value};`, names)
    const lines = report.targets.map(({ host }, index) => `${host} ${found[index]?.join(' ')}`)
    expect(lines).toEqual(expected)
    expect(stderr).toBe('')
    expect(code).toBe(expected.some(line => line.includes('mismatch')) ? 1 : 0)
  })

  it('says once a block which of them it does not check', async () => {
    const value = String.raw`server_name a.example www.* "~^x\d{2}$" _ "" $hostname a.example;`
    const { report, stderr, code } = await judge(value, ['a.example'])
    expect(report.targets.map(({ host }) => host)).toEqual(['a.example'])
    expect(stderr).toBe(
      'mpcert: nginx.conf:3: names that are not checked: www.* ~^x\\d{2}$ _ "" $hostname\n',
    )
    expect(code).toBe(0)
  })

  test.each<[string, string]>([
    ['a trailing wildcard', 'server_name www.a.*;'],
    ['a regular expression', 'server_name ~^www$;'],
    ['no name at all', ''],
    ['the name of nobody', 'server_name _;'],
    ['an empty name', 'server_name "";'],
    ['a name with a port', 'server_name a.example:443;'],
  ])('%s alone is no pass', async (_, value) => {
    const { report, found, stderr, code } = await judge(value, ['a.example'])
    expect(found).toEqual([[]])
    expect(report.targets[0]?.host).toBeNull()
    expect(stderr).toMatch(
      /^mpcert: nginx\.conf:[23]: the server has no name that can be checked.*--host \S+ gives it one\n$/,
    )
    expect(code).toBe(3)
  })

  it('of --host stand in for them', async () => {
    const value = 'server_name ~^www$;'
    const fine = await judge(value, ['a.example'], ['--host', 'a.example'])
    expect(fine.report.targets.map(({ host }) => host)).toEqual(['a.example'])
    expect(fine.stderr).toContain('nginx.conf:3: names that are not checked: ~^www$')
    expect(fine.code).toBe(0)
    const wrong = await judge(value, ['a.example'], ['--host', 'b.example'])
    expect(wrong.found).toEqual([['hostname-mismatch']])
    const named = await judge('server_name a.example;', ['a.example'], ['--host', 'b.example'])
    expect(named.report.targets.map(({ host }) => host)).toEqual(['a.example'])
  })

  it('reach a recorded observation too', async () => {
    const conf = `http {${server(`server_name *.a.example; ssl_certificate c.pem; ${KEY}`)}}`
    const files = { ...FILES, 'c.pem': holding('a.example'), 'nginx.conf': conf }
    const { folder } = await gate(files, ['--nginx', 'nginx.conf', '--save', 'seen.json'])
    const again = await runCli(['judge', 'seen.json', '--cacert', 'root.pem', '-f', 'json'], {
      cwd: folder,
    })
    expect((JSON.parse(again.stdout) as JsonReport).targets[0]).toMatchObject({
      host: '*.a.example',
      findings: expect.arrayContaining([expect.objectContaining({ ruleId: 'hostname-mismatch' })]),
    })
  })
})

describe('reads as nginx does', () => {
  const subjects = ({ targets }: JsonReport) =>
    targets.map(({ host, chains }) => `${host} ${chains[0]?.sent.length}`)

  it('a key around the block that names the certificate, in any order', async () => {
    const text = `${server(`server_name ${HOST}; ${CERTIFICATE}`)} ssl_certificate_key tls/rsa.key;`
    const { found } = await inHttp(text)
    expect(found).toEqual([['key-mismatch']])
  })

  it('an RSA and an ECDSA pair of one block, each with its own key', async () => {
    const body = `server_name other.gate.example; ${CERTIFICATE} ssl_certificate tls/rsa.pem; ssl_certificate_key tls/key.pem; ssl_certificate_key tls/rsa.key;`
    const { found, report } = await inHttp(server(body))
    expect(found).toEqual([['hostname-mismatch'], []])
    expect(report.targets).toHaveLength(2)
    const crossed = body.replace(/(tls.key.pem)(.*)(tls.rsa.key)/, '$3$2$1')
    expect((await inHttp(server(crossed))).found).toEqual([['hostname-mismatch'], []])
    const wrong = await inHttp(server(body.replace('tls/key.pem', 'tls/rsa.key')))
    expect(wrong.found[0]).toContain('key-mismatch')
  })

  it('the certificates of the one file alone: those beside the key are not sent', async () => {
    const files = { 'leaf.pem': pem(leaf), 'all.pem': pem(leaf, issuer) + keyPem(key) }
    const body = `server_name ${HOST}; ssl_certificate leaf.pem; ssl_certificate_key all.pem;`
    expect((await inHttp(server(body), files)).found[0]).toContain('chain-incomplete')
    const one = server(body.replace('leaf.pem', 'all.pem'))
    expect((await inHttp(one, files)).found).toEqual([[]])
  })

  it('ssl_password_file, a password a line', async () => {
    const body = `server_name ${HOST}; ${CERTIFICATE} ssl_certificate_key locked.key;`
    const text = `ssl_password_file pw;\n${server(body)}`
    const files = { 'locked.key': locked('secret'), pw: 'first\r\n\r\nsecret\r\nlast' }
    expect(await inHttp(text, files)).toMatchObject({ found: [[]], code: 0 })
  })

  it('a block without a certificate, which shows that of the default server', async () => {
    const text = `server { listen 8443 ssl; ${CERTIFICATE} ${KEY} server_name ${HOST}; }
      server { listen 0.0.0.0:8443; server_name www.gate.example x.example; }
      server { listen *:8443 default_server; server_name other.gate.example; ssl_certificate tls/rsa.pem; ssl_certificate_key tls/rsa.key; }
      server { listen 8444; server_name y.example; }`
    const { found, report, code } = await inHttp(text)
    expect(subjects(report)).toEqual([
      `${HOST} 2`,
      'www.gate.example 2',
      'x.example 2',
      'other.gate.example 2',
    ])
    expect(found).toEqual([[], ['hostname-mismatch'], ['hostname-mismatch'], []])
    expect(code).toBe(1)
  })

  it('a block that nobody gives a certificate, and one that needs none', async () => {
    const text = `server { listen 8443 ssl default_server; ssl_reject_handshake on; }
      ${GOOD} server { listen 8443 ssl; server_name x.example; }`
    const { stderr, code, report } = await inHttp(text)
    expect(report.targets.map(({ host }) => host)).toEqual([HOST])
    expect(stderr).toMatch(/^mpcert: nginx\.conf:4: no ssl_certificate for this server, .*\n$/)
    expect(code).toBe(3)
  })

  it('`ssl on` of old', async () => {
    const text = `ssl on; ${CERTIFICATE} ${KEY} server { listen 443; server_name x.example; }`
    expect((await inHttp(text)).found).toEqual([['hostname-mismatch']])
  })

  test.each(['engine:pkcs11:site', 'store:pkcs11:site', '$key', 'data:$key'])(
    'a key that is in no file (%s): the rest is judged, and that is said',
    async value => {
      const body = `server_name ${HOST}; ${CERTIFICATE}\n ssl_certificate_key ${value};`
      const { found, stderr, code } = await inHttp(server(body))
      expect(found).toEqual([[]])
      expect(stderr).toBe(
        'mpcert: nginx.conf:2: the key is in no file: whether the certificate belongs to it is not checked\n',
      )
      expect(code).toBe(0)
    },
  )

  it('what stands in the configuration itself', async () => {
    const body = `server_name ${HOST};\nssl_certificate "data:${pem(leaf, issuer)}";\nssl_certificate_key "data:${keyPem(key)}";`
    const { report, found, code } = await inHttp(server(body))
    expect(found).toEqual([[]])
    expect(report.targets[0]?.input).toBe('nginx.conf:3')
    expect(code).toBe(0)
    const wrong = body.replace(keyPem(key), keyPem(testKey('rsa-2048')))
    expect((await inHttp(server(wrong))).found).toEqual([['key-mismatch']])
  })

  it('files that several blocks share, and each name once', async () => {
    const text = `${GOOD}${server(`server_name www.gate.example ${HOST}; ${CERTIFICATE} ${KEY}`)}`
    const { report } = await inHttp(text)
    expect(report.targets.map(({ host }) => host)).toEqual([HOST, 'www.gate.example'])
  })

  it('Lua of OpenResty, which is no configuration', async () => {
    const lua = `content_by_lua_block {\n -- it's { not\n local s = "}" .. '{' .. [[ } " ]] --[==[ } ]] ' ]==]\n if s then f({a = {}}) end\n}`
    const body = `server_name ${HOST}; location / { ${lua} } ${CERTIFICATE}\nssl_certificate_key gone.key;`
    const { report } = await inHttp(server(body))
    expect(report.targets[0]?.error?.message).toMatch(/^nginx\.conf:7: /)
  })

  it.each(['--[[ no end', '[==[ ]]', '"no end', '{ }'])(
    'Lua that does not end is an error: %s',
    async lua => {
      const folder = writeFolder({ ...FILES, 'nginx.conf': `init_by_lua_block {\n${lua}\n` })
      const { code, stderr } = await runCli(['gate', '--nginx', 'nginx.conf'], { cwd: folder })
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr: 'mpcert: nginx.conf:1: the file ends too early\n',
      })
    },
  )

  it('Lua that chooses the certificate: what stands beside it is judged, and is no pass', async () => {
    const body = `server_name ${HOST}; ${CERTIFICATE} ${KEY} ssl_certificate_by_lua_block { f() }`
    const { found, stderr, code } = await inHttp(server(body))
    expect(found).toEqual([[]])
    expect(stderr).toContain('nginx.conf:2: ssl_certificate_by_lua_block is known at run time')
    expect(code).toBe(3)
  })

  it('a folder of sites whose part is missing in one: what a pattern does not find is not there', async () => {
    const files = { 'sites/a/tls.conf': GOOD, 'sites/b/other.conf': 'nothing;' }
    expect(await inHttp('include sites/*/tls.conf;', files)).toMatchObject({
      found: [[]],
      code: 0,
      stderr: '',
    })
  })
})

test('files of the command line are what they were: bad ones end it', async () => {
  const folder = writeFolder({ ...FILES, 'root.pem': pem(root), 'nginx.conf': `http {${GOOD}}` })
  const args = ['gate', 'gone.pem', '--nginx', 'nginx.conf', ...ALWAYS]
  const { code, stdout, stderr } = await runCli(args, { cwd: folder })
  expect(stderr).toBe('mpcert: gone.pem: no such file\n')
  expect(stdout).toBe('')
  expect(code).toBe(2)
})
