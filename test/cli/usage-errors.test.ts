import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-usage-'))
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text)
  write('empty.txt', '')
  write('comments.txt', '# a.example\n\n')
  write('ports.txt', 'a.example\nb.example:99999\n')
  write('begin.pem', `# a comment\n${'-'.repeat(5)}BEGIN CERTIFICATE${'-'.repeat(5)}\nMIIB\n`)
  write('newer.json', '{"format": "mpcert-observation", "version": 2}')
  write('hello.txt', '16 03 01 02 00 01')
  write('rows.csv', 'PEM Info,Issuer\na,b,c\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Nothing of this may reach a network: the targets do not exist. */
const CASES: readonly (readonly [args: string, en: RegExp])[] = [
  ['--nonsense', /unknown option --nonsense/],
  ['chek a.invalid', /unknown command chek \(did you mean check\?\)/],
  ['help chek', /no such command/],
  ['check', /no target/],
  ['check a.invalid --timout 3s', /unknown option --timout \(did you mean --timeout\?\)/],
  ['check a.invalid --timeout', /--timeout <time> needs a value/],
  ['check a.invalid --timeout soon', /not a time: soon \(write 10s/],
  ['check a.invalid --timeout 0', /not a time: 0/],
  ['check a.invalid --at yesterday', /not a date: yesterday \(write 2027-/],
  ['check a.invalid --at 2026-02-30', /not a date: 2026-02-30/],
  ['check a.invalid:0', /not a port \(1 to 65535\) in "a\.invalid:0"/],
  ['check a.invalid:http', /not a port/],
  ['check http://a.invalid', /needs https:\/\//],
  ['check a..invalid', /not a host name/],
  ['check a.invalid --servername a..b', /not a host name/],
  ['check a.invalid --resolve a.invalid:443:elsewhere', /not host:port:address/],
  ['check a.invalid --only-cacert', /--only-cacert needs --cacert/],
  ['check a.invalid --cacert nowhere.pem', /nowhere\.pem: no such file/],
  ['check a.invalid --cacert comments.txt', /comments\.txt cannot be read: .* at byte 0/],
  ['check a.invalid -4 -6', /-4 and -6 exclude each other/],
  ['check a.invalid --warning soon', /not a limit: soon/],
  ['check a.invalid --fail-on never', /--fail-on never: choose one of error, warn, info, none/],
  ['check a.invalid --format yaml', /--format yaml: choose one of text, csv, html, json/],
  ['check a.invalid --platforms symbian', /--platforms symbian: no such platform/],
  ['check a.invalid --api smoke', /--api smoke: choose from request, download/],
  ['check a.invalid --concurrency 0', /--concurrency 0: a number from 1/],
  ['check a.invalid -o nowhere/report.json', /report\.json cannot be written: no such folder/],
  ['check a.invalid -o json=nowhere/report.json', /report\.json cannot be written/],
  ['check a.invalid -o .', /cannot be written: is a folder/],
  ['check a.invalid -o xml=report', /no format xml; choose from/],
  ['check a.invalid --save nowhere/seen.json', /seen\.json cannot be written: no such folder/],
  ['check a.invalid b.invalid --save seen.json', /--save takes one target alone/],
  ['check --list nowhere.txt', /nowhere\.txt: no such file/],
  ['check --list .', /is a folder/],
  ['check --list empty.txt', /empty\.txt lists no target/],
  ['check --list comments.txt', /comments\.txt lists no target/],
  ['check --list ports.txt', /ports\.txt:2: not a port/],
  ['check --list -', /lists no target/],
  ['scan', /missing argument: target/],
  ['scan a.invalid b.invalid', /too many arguments/],
  ['scan a.invalid --max-connections 0', /--max-connections 0: a number from 1 to 100/],
  ['scan a.invalid --rate fast', /--rate fast: a number from 1/],
  ['scan a.invalid --format yaml', /--format yaml: choose one of text, json, csv/],
  ['judge', /missing argument: observation/],
  ['judge nowhere.json', /nowhere\.json: no such file/],
  ['judge ports.txt', /ports\.txt is no saved observation/],
  ['explain', /missing argument: message/],
  ['explain nonsense', /no rule nonsense/],
  ['explain -202 --target', /--target <host> needs a value/],
  ['explain -202 --target a..invalid', /not a host name/],
  ['explain cert-expired --target a.invalid', /--target goes with a message/],
  ['platforms nonsense', /no platform nonsense/],
  ['project nowhere', /nowhere: no such folder/],
  ['project --url nonsense', /not a URL/],
  ['project --rule-set new', /--rule-set new: choose one of tcsas-2024-11/],
  ['check --config nowhere.json', /nowhere\.json cannot be read: ENOENT/],
  ['schema nonsense', /no schema nonsense: choose one of report, config/],
  ['rules nonsense', /too many arguments/],
]

describe('exit 2, nothing on stdout, and one line that helps', () => {
  test.concurrent.each(CASES)('mpcert %s', async (args, english) => {
    const run = (lang: string) =>
      runCli(args.split(' '), { cwd: folder, env: { MPCERT_LANG: lang } })
    const [en, zh] = await Promise.all([run('en'), run('zh-CN')])
    expect(en).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(english) })
    expect(zh).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/\p{Script=Han}/u),
    })
    for (const { stderr } of [en, zh]) expect(stderr).toMatch(/^mpcert: .+\n$/)
  })
})

test.concurrent.each([
  ['show comments.txt', '无法读取 comments.txt：container：既不是 PEM，也不是 DER'],
  ['show begin.pem', '无法读取 begin.pem：pem[0] 偏移 12 字节处：CERTIFICATE 块没有对应的 END 行'],
  ['gate comments.txt', '无法读取 comments.txt：container：既不是 PEM，也不是 DER'],
  ['judge newer.json', 'newer.json 不是保存的观测记录：file.version：只能是 1'],
  [
    'check a.invalid --client-hello hello.txt',
    '--client-hello hello.txt：record 偏移 6 字节处：ClientHello 不完整',
  ],
  [
    'stores update --from rows.csv',
    '未作任何更改：无法导入 rows.csv：csv 第 2 行：有 3 个字段，却只有 2 列',
  ],
])('a broken file, in Chinese: mpcert %s', async (args, sentence) => {
  const env = { MPCERT_LANG: 'zh-CN', MPCERT_DATA_DIR: folder }
  const { stderr } = await runCli(args.split(' '), { cwd: folder, env })
  expect(stderr).toBe(`mpcert: ${sentence}\n`)
})

test('a language nobody speaks', async () => {
  const result = await runCli(['rules', '--lang', 'fr'])
  const stderr = 'mpcert: --lang fr: choose one of en, zh-CN\n'
  expect(result).toMatchObject({ code: 2, stdout: '', stderr })
})

test('the help in Chinese says nothing in English', async () => {
  const { stdout } = await runCli(['--help', '--lang', 'zh-CN'])
  const lines = stdout.split('\n').filter(line => /^ {2}\S/.test(line))
  expect(lines.length).toBeGreaterThan(10)
  for (const line of lines) expect(line).toMatch(/\p{Script=Han}/u)
})

test('no command at all is answered by the help', async () => {
  const result = await runCli([])
  expect(result).toMatchObject({ code: 2, stdout: '' })
  expect(result.stderr).toMatch(/^Usage: mpcert /)
})
