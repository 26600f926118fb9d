// Messages as users paste them, explained by the real program; and held against real servers.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { findMessages } from '../../src/dialect.ts'
import { dialects } from '../../src/dialects/index.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { makeCa, makeLeaf, NOW } from '../helpers/certs.ts'
import { runCli, startCli } from '../helpers/cli.ts'
import { closedPort, startTcp, startTls } from '../helpers/tls-server.ts'
import { ROOT_PEM, startHttps } from '../helpers/web.ts'

/** What is pasted, and how the title of its explanation begins in English. */
const MESSAGES: readonly (readonly [pasted: string, title: RegExp])[] = [
  ['request:fail ssl hand shake error', /^ssl hand shake error/],
  [
    'request:fail -202:net::ERR_CERT_AUTHORITY_INVALID',
    /^net::ERR_CERT_AUTHORITY_INVALID \(-202\)/,
  ],
  [
    'request:fail errcode:-202 cronet_error_code:-202 error_msg:net::ERR_CERT_AUTHORITY_INVALID, errno 600001',
    /\(-202\)/,
  ],
  ['errno 600001', /errno 600001/],
  ['-201 ERR_CERT_DATE_INVALID', /\(-201\)/],
  ['-200 ERR_CERT_COMMON_NAME_INVALID', /\(-200\)/],
  ...(['-207', '-208', '-211', '-213', '-214', '-206'].map(code => [
    `request:fail errcode:${code}`,
    new RegExp(`\\(${code}\\)`),
  ]) as [string, RegExp][]),
  ['-113 ERR_SSL_VERSION_OR_CIPHER_MISMATCH', /\(-113\)/],
  ['-107 ERR_SSL_PROTOCOL_ERROR', /\(-107\)/],
  ...(['-100', '-101', '-103', '-2', '-118', '-102', '-109', '-105', '-137'].map(code => [
    `request:fail errcode:${code} cronet error code:${code}`,
    new RegExp(`\\(${code}\\)`),
  ]) as [string, RegExp][]),
  ['errno 600002 request:fail url not in domain list', /errno 600002/],
  ['request 合法域名校验出错', /errno 600002/],
  ['https://api.example.com 不在以下 request 合法域名列表中，请参考文档', /errno 600002/],
  ['errno 600003', /errno 600003/],
  ['request:fail interrupted', /errno 600003/],
  ['request:fail errcode:10011 error_msg:network change, cancel all task', /10011/],
  ...(['600000', '600004', '600005', '600006', '600007', '600008', '600009', '600010', '600011']
    .concat('602302', '605103')
    .map(code => [`errno: ${code}`, new RegExp(`errno ${code}`)]) as [string, RegExp][]),
  ['对应的服务器 TLS 版本必须大于等于 1.2', /^the TLS version/],
  ['request:fail 小程序要求的 TLS 版本必须大于等于 1.2', /^the TLS version/],
  [
    'https://api.example.com 对应的服务器证书无效。控制台输入 showRequestInfo() 可以获取更详细信息。',
    /^the certificate of the server/,
  ],
  ['exception onOpen fail code:8, msg:TLS handshake failed', /wss code 8/],
  ['errCode 1004', /wss code 8/],
  ['code:20, msg:Invalid HTTP status', /wss code 20/],
  ['draft refuses handshake', /wss code 20/],
  ['uploadFile:fail 发生SSL错误 NSURLErrorDomain Code=-1200', /iOS -1200/],
  ['kCFErrorDomainCFNetwork -1201', /iOS -1201/],
  ['request:fail 此服务器的证书无效。您可能正在连接到一个伪装的服务器', /iOS -1202/],
  ['NSURLErrorDomain -1022', /iOS -1022/],
  ['kCFStreamErrorCodeKey=-9807', /-9807/],
  ['works in DevTools, fails on phones', /DevTools/],
  ['开发者工具正常，真机不行', /DevTools/],
  ['works on iOS, fails on Android', /^Works on iOS/],
  ['works on Android, fails on iOS', /^Works on Android/],
  ['工具未校验合法域名、web-view（业务域名）、TLS 版本以及 HTTPS 证书', /^DevTools checks neither/],
  ['internal server error 后台保存域名时', /verification file/],
]

const WRAPPINGS = {
  plain: (text: string) => text,
  json: (text: string) => JSON.stringify({ statusCode: 0, errMsg: text, time: 1764000000123 }),
  log: (text: string) => `2026-11-22 21:28:03.202 [WARN] pages/index/index.js:118 fail ${text} ...`,
  wide: (text: string) =>
    `报错：“${text.replace(/[!-~]/g, sign => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))}”`,
}

const explain = (args: readonly string[], lang = 'en') =>
  runCli(['explain', ...args], { env: { MPCERT_LANG: lang, COLUMNS: '200' } })

describe.each(MESSAGES)('%s', (pasted, title) => {
  it.concurrent.each(Object.entries(WRAPPINGS))('is found, wrapped as %s', (_, wrapped) => {
    const [match] = findMessages(wrapped(pasted), dialects)
    expect(match?.message.title.en).toMatch(title)
  })
})

const wrappings = Object.values(WRAPPINGS)

// Every text is held in both languages by other tests; here a process each is enough, in turns.
const turns = MESSAGES.map(([pasted, title], index) => [pasted, title, index] as const)
const isChinese = (index: number) => index % 4 === 3

test.concurrent.each(turns.filter(([, , index]) => !isChinese(index)))(
  'explained: %s',
  async (pasted, title, index) => {
    const wrapped = wrappings[index % wrappings.length] ?? String
    const result = await explain([wrapped(pasted)])
    expect(result).toMatchObject({ code: 0, stderr: '' })
    expect(result.stdout.split('\n', 1)[0]).toMatch(title)
    expect(result.stdout).toMatch(/\n 1\. .+\n[\s\S]*\nSources\n/)
  },
)

test.concurrent.each(turns.filter(([, , index]) => isChinese(index)))(
  'explained in Chinese: %s',
  async (pasted, _, index) => {
    const wrapped = wrappings[(index >> 2) % wrappings.length] ?? String
    const result = await explain([wrapped(pasted)], 'zh-CN')
    expect(result).toMatchObject({ code: 0, stderr: '' })
    expect(result.stdout).toMatch(/\n 1\. .*\p{Script=Han}.*\n[\s\S]*\n出处\n/u)
  },
)

test.concurrent.each([
  ['小程序', /未收录/],
  ['errcode:-299', /-299/],
  ['net::ERR_UNHEARD_OF', /ERR_UNHEARD_OF/],
  ['request:fail something quite new', /request:fail/],
])(
  'an unknown message is said to be unknown, with what could be made out: %s',
  async (pasted, made) => {
    const result = await explain([pasted], 'zh-CN')
    expect(result).toMatchObject({ code: 3, stderr: '' })
    expect(result.stdout).toMatch(made)
    expect(result.stdout).toMatch(/mpcert check HOST/)
  },
)

test('needs no quotes, and takes what begins with a dash', async () => {
  for (const words of [
    ['-202'],
    ['request:fail', '-202', 'net::ERR_CERT_AUTHORITY_INVALID'],
    ['--', '-202'],
    ['- -202 -'],
  ]) {
    const { code, stdout } = await explain(words)
    expect([code, stdout.split('\n')[0]]).toEqual([0, expect.stringContaining('(-202)')])
  }
  const [two, help, flag] = await Promise.all([
    explain(['-2']),
    explain(['-h']),
    explain(['-202', '--targt', 'h']),
  ])
  expect(two.stdout).toContain('ERR_FAILED')
  expect(help).toMatchObject({ code: 0, stdout: expect.stringContaining('--target <host>') })
  expect(flag).toMatchObject({ code: 2, stderr: expect.stringContaining('did you mean --target?') })
})

test('a rule says which messages it causes', async () => {
  const { code, stdout } = await explain(['chain-incomplete'])
  expect(code).toBe(0)
  expect(stdout).toMatch(/What phones say\n[\s\S]*ERR_CERT_AUTHORITY_INVALID[\s\S]*\nSources\n/)
  const target = await explain(['chain-incomplete', '--target', 'h'])
  expect(target).toMatchObject({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/--target goes/),
  })
})

test.each([
  ['chain-incomplete', 'mpcert check HOST', /desktop browser/i],
  ['wss-upgrade-failed', 'mpcert check wss://HOST/PATH', /directly at the server it works/],
  ['referer-blocked', 'mpcert check https://HOST/PATH', null],
  [
    'verify-file-unreachable',
    'mpcert check HOST --verify-file FILE',
    /must show the text of the file/,
  ],
  ['cert-revoked', 'mpcert check HOST --revocation', /The CA sent a message about it/],
  ['domain-not-listed', 'mpcert project DIR', /no parent domain covers/],
  ['asset-host-problem', 'mpcert project DIR --live', null],
  ['sslv2-enabled', 'mpcert scan HOST', null],
  ['key-mismatch', 'mpcert gate FILE... --key FILE', null],
  ['names-lost', 'mpcert gate FILE... --against HOST', null],
])('the rule %s says what tells its cause, and how to prove it', async (id, proof, tells) => {
  const { stdout } = await explain([id])
  expect(stdout).toContain(`\nProof\n  ${proof}\n`)
  const [, causes] = /\nCause, and what tells it\n([\s\S]*)\nProof\n/.exec(stdout) ?? []
  if (tells) expect(causes).toMatch(tells)
  else expect(causes).toBeUndefined()
})

test('an empty message is none', async () => {
  expect(await explain([' '])).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^mpcert: no message/),
  })
})

test('a mistyped rule is no message', async () => {
  expect(await explain(['chain-incomplet'])).toMatchObject({
    code: 2,
    stdout: '',
    stderr:
      'mpcert: no rule chain-incomplet, and no known message (did you mean chain-incomplete?)\n',
  })
})

const HOST = 'api.example.com'
const root = makeCa('Explain Root')
const ca = makeCa('Explain CA', { issuer: root })
const day = 86_400_000

const leaf = makeLeaf([HOST], { issuer: ca })
const expiredLeaf = makeLeaf([HOST], { issuer: ca, notBefore: NOW - 90 * day, notAfter: NOW - day })
const otherLeaf = makeLeaf(['www.example.com'], { issuer: ca })
const otherCa = makeCa('Other CA', { issuer: makeCa('Other Root') })
const unknownLeaf = makeLeaf([HOST], { issuer: otherCa })

function served(chain: readonly (typeof leaf)[]) {
  return {
    cert: chain.map(({ der }) => encodePem(der)).join(''),
    key: leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }),
  }
}

describe('--target says which cause it is', () => {
  let folder: string
  let cacert: string
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'mpcert-explain-'))
    cacert = path.join(folder, 'root.pem')
    writeFileSync(cacert, encodePem(root.der))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  /** The causes, by their sign, and all that was said. */
  async function diagnose(pasted: string, port: number, flags: readonly string[] = []) {
    const args = [
      '--target',
      `${HOST}:${port}`,
      '--resolve',
      `${HOST}:${port}:127.0.0.1`,
      '--cacert',
      cacert,
    ]
    const at = ['--at', new Date(NOW).toISOString(), '--no-fetch', '--timeout', '2s', '--ascii']
    const { code, stdout, stderr } = await explain([pasted, ...args, ...at, ...flags])
    expect(stderr).toBe('')
    const states = [
      ...stdout.matchAll(
        /^ ?(\d+)\. (?:.*\n(?: {4}(?!FAIL|PASS|UNKNOWN|SKIP).*\n)*?) {4}(FAIL|PASS|UNKNOWN|SKIP) /gm,
      ),
    ]
    return { code, stdout, states: states.map(([, number, state]) => `${number} ${state}`) }
  }

  it('a leaf without its intermediate', async () => {
    const { code, stdout, states } = await diagnose('-202', await startTls(served([leaf])))
    expect(code).toBe(1)
    expect(states).toEqual(['1 FAIL', '2 PASS', '3 PASS', '4 PASS', '5 SKIP'])
    expect(stdout).toMatch(/shows it: cause 1\n/)
    expect(stdout).toMatch(/Android 7\.0-17/)
    expect(stdout).toMatch(/ssl_certificate +\/etc\/ssl\/fullchain\.pem/)
  })

  it('a root that no phone holds', async () => {
    const { code, states } = await diagnose(
      'request:fail ssl hand shake error',
      await startTls(served([unknownLeaf, otherCa])),
    )
    expect(code).toBe(1)
    expect(states.filter(state => state.endsWith('FAIL'))).toEqual(['2 FAIL'])
  })

  it('an expired certificate', async () => {
    const { code, states } = await diagnose(
      '-201 ERR_CERT_DATE_INVALID',
      await startTls(served([expiredLeaf, ca])),
    )
    expect([code, states]).toEqual([1, ['1 FAIL', '2 PASS', '3 SKIP', '4 PASS']])
  })

  it('another name, in the words of each client', async () => {
    const port = await startTls(served([otherLeaf, ca]))
    for (const pasted of [
      'net::ERR_CERT_COMMON_NAME_INVALID',
      '-9843',
      'hostname api not verified',
    ])
      expect((await diagnose(pasted, port)).stdout).toMatch(/shows it: cause 1\n/)
    expect((await diagnose('对应的服务器证书无效', port)).stdout).toMatch(/shows it: cause 2\n/)
  })

  it('plain HTTP on the port', async () => {
    const port = await startTcp(socket => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    const { code, states } = await diagnose('net::ERR_SSL_PROTOCOL_ERROR', port)
    expect(code).toBe(1)
    expect(states[0]).toBe('1 FAIL')
    // No certificate was shown: nothing can be said of it.
    const authority = await diagnose('net::ERR_CERT_AUTHORITY_INVALID', port)
    expect(authority.code).toBe(3)
    expect(authority.states.slice(0, 4)).toEqual([
      '1 UNKNOWN',
      '2 UNKNOWN',
      '3 UNKNOWN',
      '4 UNKNOWN',
    ])
  })

  it('TLS 1.1 at most', async () => {
    const old = {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    } as const
    const port = await startTls({ ...served([leaf, ca]), ...old })
    for (const pasted of ['-113', '对应的服务器 TLS 版本必须大于等于 1.2'])
      expect((await diagnose(pasted, port)).stdout).toMatch(/shows it: cause 1\b/)
    expect((await diagnose('iOS -1200', port)).stdout).toMatch(/shows it: cause 1, 2\b/)
  })

  it('nobody there', async () => {
    const { code, stdout, states } = await diagnose('errcode:-102', await closedPort())
    expect([code, states]).toEqual([3, ['1 FAIL', '2 UNKNOWN']])
    expect(stdout).toMatch(/shows it: cause 1 \(.*refused/)
    expect(await diagnose('-202', await closedPort())).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/could not be checked: .*refused/),
    })
  })

  it('what was not asked for is not ruled out', async () => {
    const { code, states } = await diagnose('-206', await startTls(served([leaf, ca])))
    expect([code, states]).toEqual([3, ['1 UNKNOWN', '2 PASS']])
  })

  it('no upgrade to WebSocket, and a body that is no UTF-8, where a URL asks for them', async () => {
    const port = await startHttps((_, response) => {
      response.setHeader('Content-Type', 'text/plain; charset=gbk')
      response.end(Buffer.from([0xc4, 0xe3, 0xba, 0xc3]))
    })
    const ask = async (pasted: string, target: string) => {
      const ca = path.join(folder, 'web.pem')
      writeFileSync(ca, ROOT_PEM)
      const where = ['--target', target, '--resolve', `web.example:${port}:127.0.0.1`]
      const how = ['--cacert', ca, '--at', new Date(NOW).toISOString(), '--no-fetch']
      const { code, stdout } = await explain([pasted, ...where, ...how, '--timeout', '3s'])
      return [code, stdout.split('\n').find(line => line.startsWith('web.example'))]
    }
    const name = `web.example:${port}`
    const [wss, text, unasked] = await Promise.all([
      ask('code:20, msg:Invalid HTTP status', `wss://${name}/socket`),
      ask('errno 602302', `https://${name}/text`),
      ask('errno 602302', name),
    ])
    expect(wss).toEqual([1, `${name} shows it: cause 1, 2`])
    expect(text).toEqual([1, `${name} shows it: cause 1`])
    expect(unasked).toEqual([3, expect.stringContaining('not all could be checked')])
  })

  it('that never answers does not hold back who interrupts', async () => {
    let asked: () => void = () => undefined
    const isAsked = new Promise<void>(resolve => {
      asked = resolve
    })
    const port = await startTcp(() => asked())
    const target = ['--target', `127.0.0.1:${port}`, '--timeout', '60s']
    const { child, done } = startCli(['explain', '-202', ...target], { timeoutMs: 15_000 })
    await isAsked
    child.kill('SIGINT')
    const { code, stdout } = await done
    expect([code, stdout]).toEqual([130, expect.stringContaining('AUTHORITY_INVALID')])
  })

  it('a sound server: what is left is not on it', async () => {
    const port = await startTls(served([leaf, ca]))
    const { code, stdout, states } = await diagnose('-202', port)
    expect([code, states]).toEqual([0, ['1 PASS', '2 PASS', '3 PASS', '4 PASS', '5 SKIP']])
    expect(stdout).toMatch(/shows none of these from here/)
    const [zh] = (
      await explain(['-202', '--target', `127.0.0.1:${await closedPort()}`], 'zh-CN')
    ).stdout
      .split('\n')
      .filter(line => line.startsWith('未能检查'))
    expect(zh).toMatch(/127\.0\.0\.1/)
  })
})
