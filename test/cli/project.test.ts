// `mpcert project` as a user meets it: asked about URLs, given a configuration, given rubbish, and with live hosts.
import { readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it, test } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { makeCa, makeLeaf, NOW, testKey } from '../helpers/certs.ts'
import { type CliOptions, type JsonReport, runCli } from '../helpers/cli.ts'
import { writeFolder } from '../helpers/folder.ts'
import { startTcp, startTls } from '../helpers/tls-server.ts'

const LISTS = { domains: { request: ['https://a.example.com'], socket: 'wss://s.example.com' } }

async function project(args: readonly string[], options?: CliOptions) {
  const { code, stdout, stderr } = await runCli(['project', ...args, '-f', 'json'], options)
  const report = stdout === '' ? null : (JSON.parse(stdout) as JsonReport)
  return { code, stderr, report, target: report?.targets[0] }
}

describe('--url', () => {
  const ask = (folder: string, ...args: string[]) => runCli(['project', folder, '--url', ...args])

  it.each([
    ['https://a.example.com/x', '', 0, /^allowed\n/],
    [
      'https://a.example.com:443/x',
      '',
      1,
      /^not allowed {2}port-explicit-default\n[\s\S]*not even/,
    ],
    ['https://b.example.com/x', '', 1, /^not allowed {2}domain-not-listed\n/],
    ['https://a.example.com/x', 'socket', 1, /^not allowed {2}scheme-not-wss\n/],
    ['wss://s.example.com/x', '', 0, /^allowed\n/],
    ['wss://s.example.com:8443/x', 'socket', 1, /port-not-configured/],
    ['http://192.168.1.2/x', 'request', 0, /url-lan-ip/],
  ])('%s for %s', async (url, api, exit, words) => {
    const folder = writeFolder({ 'mpcert.config.json': LISTS })
    const { code, stdout } = await ask(folder, url, ...(api ? ['--api', api] : []))
    expect(code).toBe(exit)
    expect(stdout).toMatch(words)
  })

  it('answers by the rule set, named by flag, environment or file in that order', async () => {
    const folder = writeFolder({ 'mpcert.config.json': { ...LISTS, ruleSet: 'tcsas-2026-02' } })
    const url = 'https://a.example.com:8443'
    const env = { MPCERT_RULE_SET: 'weixin' }
    const asked = (more: string[], options: CliOptions = {}) =>
      runCli(['project', folder, '--url', url, '-f', 'json', ...more], options)
    const sets = await Promise.all([
      asked([]),
      asked([], { env }),
      asked(['--rule-set', 'tcsas-2024-11'], { env }),
    ])
    expect(sets.map(({ code, stdout }) => [code, JSON.parse(stdout).ruleSet])).toEqual([
      [0, 'tcsas-2026-02'],
      [1, 'weixin'],
      [1, 'tcsas-2024-11'],
    ])
  })
})

describe('configuration', () => {
  const app = { 'app.js': "wx.request({ url: 'https://a.example.com/x' })" }

  it.each([
    ['mpcert.config.json', JSON.stringify(LISTS)],
    ['mpcert.config.json', `// ours\n${JSON.stringify(LISTS).replace(/}$/, ',}')}`],
    ['package.json', JSON.stringify({ mpcert: LISTS })],
    ['mpcert.config.mjs', `export default ${JSON.stringify(LISTS)}`],
  ])('is found as %s, also from below', async (name, content) => {
    const folder = writeFolder({ [name]: content, '.git/HEAD': '', 'sub/app.js': app['app.js'] })
    const here = await project(['.'], { cwd: folder })
    expect(here).toMatchObject({ code: 0, target: { status: 'pass' } })
    const below = await project(['.'], { cwd: path.join(folder, 'sub') })
    const isCode = name.endsWith('.mjs')
    expect(below.target?.status).toBe(isCode ? 'unknown' : 'pass')
    if (isCode) expect(below.stderr).toMatch(/is code and was not run: name it with --config/)
    const named = ['.', '--config', path.join('..', name)]
    expect((await project(named, { cwd: path.join(folder, 'sub') })).code).toBe(0)
  })

  it('ends at the root of the repository', async () => {
    const folder = writeFolder({
      'mpcert.config.json': LISTS,
      'inner/.git/HEAD': '',
      'inner/app.js': app['app.js'],
    })
    const { code, target } = await project([path.join(folder, 'inner')])
    expect(code).toBe(3)
    expect(target?.project).toMatchObject({ unknownLists: ['request'] })
  })

  it.each([
    ['{"domain": {}}', /unknown key domain \(did you mean domains\?\)/],
    ['{"domains": {"reqest": []}}', /unknown key domains\.reqest \(did you mean request\?\)/],
    ['{"xyzzy": 1}', /unknown key xyzzy; known are .*appid/],
    ['{"appid": 1}', /appid: write a text such as "wx/],
    ['{"ruleSet": "new"}', /ruleSet: choose one of tcsas-2024-11/],
    ['{"domains": {"request": [1]}}', /domains\.request: write a list/],
    ['{"domains": {"request": "https://*.a.example"}}', /parent domain/],
    ['{"thresholds": {"warning": "soon"}}', /thresholds\.warning: write a text such as "30d"/],
    ['[]', /write an object/],
    ['{"domains": {', /not JSON, at line 1, column 14/],
  ])('%s is refused in one line', async (content, words) => {
    const folder = writeFolder({ 'mpcert.config.json': content, 'app.json': {} })
    const { code, stderr, report } = await project([folder])
    expect(code).toBe(2)
    expect(stderr).toMatch(words)
    expect(stderr).toMatch(/^mpcert: \S+mpcert\.config\.json: .+\n$/)
    expect(report).toBeNull()
  })

  it('has a schema that takes what is taken and refuses what is refused', async () => {
    const schema = JSON.parse((await runCli(['schema', 'config'])).stdout)
    const packed = new URL('../../dist/config.schema.json', import.meta.url)
    expect(JSON.parse(readFileSync(packed, 'utf8'))).toEqual(schema)
    const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema)
    expect(validate({ ...LISTS, thresholds: { warning: '25%' }, ignore: ['x@y'] })).toBe(true)
    for (const wrong of [{ domain: {} }, { domains: { request: [1] } }, { ruleSet: 'new' }])
      expect(validate(wrong)).toBe(false)
  })

  it('names the targets of a check that names none', async () => {
    const port = await startTcp(socket => socket.end('SSH-2.0-x\r\n'))
    const config = {
      targets: [`127.0.0.1:${port}`],
      domains: { request: `https://a.invalid:${port}`, udp: ['udp://never.invalid'] },
    }
    const folder = writeFolder({ 'mpcert.config.json': config })
    const args = ['check', '-f', 'json', '--resolve', `a.invalid:${port}:127.0.0.1`]
    const { code, stdout } = await runCli(args, { cwd: folder })
    const { targets } = JSON.parse(stdout) as JsonReport
    expect(code).toBe(1)
    expect(targets.map(({ host }) => host)).toEqual(['127.0.0.1', 'a.invalid'])
    expect((await runCli(['check'], { cwd: writeFolder({}) })).code).toBe(2)
  })
})

describe('rubbish', () => {
  const fine = { 'mpcert.config.json': LISTS, 'app.json': '{}' }

  it.each([
    ['broken JSON', { ...fine, 'app.json': '{\n  "a": [1\n  2]\n}' }, 'syntax', 'app.json:3:3'],
    ['a broken script', { ...fine, 'a.js': 'let = = 1' }, 'syntax', 'a.js:1:7'],
    ['a deep script', { ...fine, 'a.js': '['.repeat(200_000) }, 'syntax', 'a.js:1:1'],
    ['a binary file', { ...fine, 'a.js': new Uint8Array(9) }, 'binary', 'a.js'],
    ['50 MB', { ...fine, 'a.js': new Uint8Array(50 << 20).fill(0x61) }, 'too-large', 'a.js'],
    ['an unbuilt page', { ...fine, 'a.vue': '<template/>' }, 'not-built', 'a.vue'],
  ])('%s leaves the verdict open', async (_, files, why, file) => {
    const { code, target } = await project([writeFolder(files)])
    expect(code).toBe(3)
    expect(target).toMatchObject({ status: 'unknown', grade: null })
    expect(target?.project?.skipped).toEqual([{ file, why }])
  })

  it.each([
    ['comments', '{ // one\n "a": 1 }', /^mpcert: app\.json:1:3: a comment or a trailing comma/],
    ['a trailing comma', '{ "a": [1,], }', /^mpcert: app\.json:1:10: a comment/],
    ['a byte order mark', '\ufeff{}', /^$/],
  ])('%s is read, and told', async (_, content, words) => {
    const { code, stderr } = await project([writeFolder({ ...fine, 'app.json': content })])
    expect(code).toBe(0)
    expect(stderr).toMatch(words)
  })

  it('links in circles, out of the folder and to nothing', async () => {
    const folder = writeFolder({ ...fine, 'sub/a.js': "wx.request({ url: 'http://a.example' })" })
    symlinkSync('..', path.join(folder, 'sub/loop'))
    expect((await project([folder])).target?.project).toMatchObject({ files: 2, skipped: [] })
    symlinkSync(path.dirname(folder), path.join(folder, 'out'))
    symlinkSync('nowhere.js', path.join(folder, 'dangling.js'))
    expect((await project([folder])).target?.project?.skipped).toEqual([
      { file: 'dangling.js', why: 'link' },
      { file: 'out', why: 'link' },
    ])
  })

  it('what is not uploaded is not read', async () => {
    const bad = "wx.request({ url: 'http://bad.example' })"
    const ignore = [
      { type: 'folder', value: 'docs' },
      { type: 'glob', value: 'test/**/*.js' },
      { type: 'suffix', value: '.demo.js' },
    ]
    const folder = writeFolder({
      ...fine,
      'project.config.json': { miniprogramRoot: './src/', packOptions: { ignore } },
      'src/app.json': {},
      'src/node_modules/kit/index.js': bad,
      'src/docs/a.js': bad,
      'src/test/a/b.js': bad,
      'src/c.Demo.js': bad,
      'scripts/build.js': bad,
    })
    const { target } = await project([folder])
    expect(target?.findings.map(({ ruleId }) => ruleId)).toEqual(['appid-missing'])
    expect(target?.project?.skipped.map(({ why }) => why).sort()).toEqual([
      'ignored',
      'ignored',
      'ignored',
      'not-packed',
    ])
  })

  it.each([
    ['no folder', {}, ['nowhere'], /nowhere: no such folder/],
    ['a file', { a: 'b' }, ['a'], /is no folder/],
    ['an empty folder', {}, ['.'], /holds nothing of a Mini Program/],
    [
      'a root that is not built',
      { 'project.config.json': { miniprogramRoot: 'dist' } },
      ['.'],
      /names dist\/, which is not there/,
    ],
    [
      'a root outside',
      { 'project.config.json': { miniprogramRoot: '../..' } },
      ['.'],
      /leads out of the folder/,
    ],
    ['a rule set', {}, ['.', '--rule-set', 'new'], /choose one of tcsas-2024-11/],
    ['no list to ask', {}, ['.', '--url', 'https://a.example'], /no request list to ask/],
    ['no URL to ask', {}, ['.', '--url', 'a'], /not a URL/],
    ['no such API', {}, ['.', '--url', 'https://a.example', '--api', 'x'], /choose one of request/],
  ])('exit 2: %s', async (_, files, args, words) => {
    const cwd = writeFolder(files)
    const en = await runCli(['project', ...args], { cwd })
    const zh = await runCli(['project', ...args, '--lang', 'zh-CN'], { cwd })
    expect(en).toMatchObject({ code: 2, stdout: '' })
    expect(en.stderr).toMatch(words)
    expect(zh.stderr).toMatch(/^mpcert: .*\p{Script=Han}.*\n$/u)
  })
})

test('--live checks each host once and joins what it finds to the lines', async () => {
  const root = makeCa('Live Root')
  const key = testKey()
  const pem = (name: string, notAfter = NOW + 86_400_000 * 60) => ({
    cert: encodePem(makeLeaf([name], { issuer: root, key, notAfter }).der),
    key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  })
  const good = await startTls(pem('good.example'))
  const old = await startTls(pem('old.example', NOW - 86_400_000))
  const folder = writeFolder({
    'root.pem': encodePem(root.der),
    'mpcert.config.json': { domains: { request: [`https://old.example:${old}`] } },
    'app.js': `wx.request({ url: 'https://old.example:${old}/a' })\nwx.request({ url: 'https://old.example:${old}/b' })\n`,
    'a.wxml': `<image src="https://good.example:${good}/a.png"/>\n<image src="https://old.example:${old}/a.png"/>`,
  })
  const { code, report } = await project([
    ...[folder, '--live', '--no-fetch', '--at', new Date(NOW).toISOString()],
    ...['--cacert', path.join(folder, 'root.pem'), '--timeout', '5s'],
    ...['--resolve', `good.example:${good}:127.0.0.1`, '--resolve', `old.example:${old}:127.0.0.1`],
  ])
  expect(code).toBe(1)
  const [own, ...hosts] = report?.targets ?? []
  expect(own?.findings.filter(({ ruleId }) => ruleId === 'asset-host-problem')).toMatchObject([
    {
      severity: 'warn',
      location: { file: 'a.wxml', line: 2, column: 13 },
      evidence: { rule: 'cert-expired' },
    },
  ])
  expect(hosts.map(({ host }) => host).sort()).toEqual(['good.example', 'old.example'])
  const expired = hosts
    .flatMap(({ findings }) => findings)
    .find(({ ruleId }) => ruleId === 'cert-expired')
  expect(expired?.location).toMatchObject({ line: expect.any(Number), column: expect.any(Number) })
})
