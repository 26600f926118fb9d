// What every message owes its readers, and that each is found by its own words and numbers alone.
import { describe, expect, it } from 'vitest'
import { type Cause, findMessages, plain, recogniseText } from '../src/dialect.ts'
import { dialects } from '../src/dialects/index.ts'
import { AN_END_MS } from './helpers/patience.ts'

const CHINESE = /\p{Script=Han}/u

const all = Object.entries(dialects).flatMap(([id, dialect]) =>
  dialect.messages.map(message => ({ id, message, name: message.title.en })),
)

const causes = [...new Set(all.flatMap(({ message }) => message.causes))]

describe.each(all)('$name', ({ message }) => {
  it('speaks both languages, and has causes', () => {
    const { title, note, causes: own } = message
    for (const text of note ? [title, note] : [title]) {
      expect(text['zh-CN']).toMatch(CHINESE)
      expect(text.en.trim()).toBe(text.en)
    }
    expect(own.length).toBeGreaterThan(0)
    expect(new Set(own).size).toBe(own.length)
  })

  it('is found by each of its numbers', () => {
    for (const code of message.codes ?? [])
      for (const text of [code, `errcode:${code}`, `{"errno":${code}}`, `failed (${code}).`])
        expect(findMessages(text, dialects)[0]?.message, text).toBe(message)
  })
})

it.each(causes.map(cause => [cause.text.en, cause] as const))('%s', (_, cause: Cause) => {
  const { text, tells, proof } = cause
  for (const { en, 'zh-CN': zh } of [text, tells]) {
    expect(en).not.toMatch(CHINESE)
    expect(en).toMatch(/\.$|\.txt: /)
    expect(zh).toMatch(CHINESE)
    expect(zh).toMatch(/。$/)
  }
  if (proof !== null)
    expect(proof).toMatch(/^mpcert (?:check|show|scan|project) .*\b(?:HOST|DIR)\b/)
})

it('never advises old protocols', () => {
  expect(JSON.stringify(causes)).not.toMatch(/(?:enable|switch on|allow)[^.]*(?:SSLv3|TLS 1\.0)/i)
})

describe('nothing is found', () => {
  it.each([
    '',
    'hello',
    'request:ok',
    'status 202, 200 and 113 of 600',
    '2026-11-22 10:00:01.202 GET /a-202-b 200 0.118',
    'id 8f14e45f-202-4b2a-100-0123',
    'version 1.2.-2.0',
    '{"code":80,"errCode":10040}',
    'order 1600001 of 6000012',
    'it works on Android and works on iOS',
    '安卓正常，iOS 也正常',
  ])('in %j', text => expect(findMessages(text, dialects)).toEqual([]))
})

describe('what is closest to the failure comes first', () => {
  it.each([
    ['errno 600001, -202', /-202/],
    ['errcode:600001 cronet_error_code:-113', /-113/],
    ['Code=-1200 _kCFStreamErrorCodeKey=-9807, _kCFStreamErrorDomainKey=3', /-9807/],
    ['errno 600002, url not in domain list, rssi -100', /600002/],
    ['iOS 正常，安卓报 request:fail -202:net::ERR_CERT_AUTHORITY_INVALID 失败', /-202/],
  ])('in %j', (text, title) =>
    expect(findMessages(text, dialects)[0]?.message.title.en).toMatch(title),
  )
})

describe('messages from the field', () => {
  it.each([
    ['{"errMsg":"request:fail -2:net::ERR_FAILED","errno":600001}', /\(-2\)/],
    [
      'MiniProgramError {"errno":600001,"errMsg":"request:fail errcode:-118 cronet_error_code:-118 error_msg:net::ERR_CONNECTION_TIMED_OUT"}',
      /-118/,
    ],
    ['Failed to load resource: net::ERR_NAME_NOT_RESOLVED', /-105/],
    ['request:fail cronet error code:-202 error msg:net::ERR_CERT_AUTH', /-202/],
    ['net::ERR_CERT_AUTHORITY_INV…', /-202/],
    ['request:fail ssl hand shake e', /ssl hand shake/],
    [
      "WebSocket connection to 'wss://a' failed: Error during WebSocket handshake: Unexpected response code: 400",
      /wss code 20/,
    ],
    ['wcwss exception onOpen fail code:8, msg:TLS handshake failed', /wss code 8/],
    ['{"errMsg":"connectSocket:fail createSocketTask:fail wss url not in domain list"}', /600002/],
    ['uploadFile:fail createUploadTask:fail url not in domain list', /600002/],
    ['https://a.example not in the request legal domain list', /600002/],
    ['request:fail timeout', /timeout/],
    ['downloadFile:fail exceed max download connection count 10', /600007/],
    [
      'Error Domain=NSURLErrorDomain Code=-1202 "此服务器的证书无效。" UserInfo={_kCFStreamErrorCodeKey=-9813, NSErrorPeerCertificateChainKey=...}',
      /-9807/,
    ],
    ['request:fail 未能完成操作。（kCFErrorDomainCFNetwork错误-1200。）', /-1200/],
    [
      'java.security.cert.CertPathValidatorException: Trust anchor for certification path',
      /^Trust/,
    ],
    ['SSL alert number 46', /certificate unknown/],
    ['verify error:num=20:unable to get local issuer certificate', /first certificate/],
    ['Error: certificate has expired { code: CERT_HAS_EXPIRED }', /expired/],
    ["ERR_TLS_CERT_ALTNAME_INVALID: Hostname/IP does not match certificate's altnames", /another/],
    ['curl: (35) error:0A00010B:SSL routines::wrong version number', /no TLS at all/],
  ])('%s', (text, title) =>
    expect(findMessages(text, dialects)[0]?.message.title.en).toMatch(title),
  )
})

describe('what people say', () => {
  it.each([
    ['works in DevTools, fails on phones', /DevTools/],
    ['It fails on a real device but works fine in the simulator', /DevTools/],
    ['开发者工具正常，真机失败', /DevTools/],
    ['电脑浏览器可以打开，手机上不行', /DevTools/],
    ['works on iOS, fails on Android', /on iOS, fails/],
    ['Android does not work while iPhone is ok', /on iOS, fails/],
    ['iOS正常安卓报错', /on iOS, fails/],
    ['苹果手机正常，安卓手机不行', /on iOS, fails/],
    ['works on Android, fails on iOS', /on Android, fails/],
    ['安卓可以，苹果不可以', /on Android, fails/],
    ['debug on works, off fails', /debugging on/],
    ['打开调试正常，关闭调试失败', /debugging on/],
  ])('%s', (text, title) =>
    expect(findMessages(text, dialects)[0]?.message.title.en).toMatch(title),
  )
})

it('makes signs plain', () => {
  expect(plain('ｅｒｒｎｏ：６００００１，“a\\u4e2d\\n b”')).toBe('errno:600001,“a中 b”')
  expect(plain('−202 –202 ‐202')).toBe('-202 -202 -202')
})

it('says what it can of a message that it does not know', () => {
  const seen = (text: string) => recogniseText(text, Object.values(dialects)).map(({ en }) => en)
  expect(seen('errcode:-299')).toEqual([expect.stringContaining('certificate (-299)')])
  expect(seen('net::ERR_CERT_SYMANTEC_LEGACY')).toEqual([expect.stringContaining('certificate')])
  expect(seen('errno: 602999')).toEqual([expect.stringContaining('602999')])
  expect(seen('kCFErrorDomainCFNetwork')).toEqual([expect.stringContaining('number')])
  expect(seen('uploadFile:fail whatever')).toEqual([expect.stringContaining('uploadFile:fail')])
  expect(seen('what a lovely day')).toEqual([])
})

it('reads a long text in time', () => {
  const began = performance.now()
  for (const piece of [
    'works on ',
    'iOS works fails ',
    '-',
    'errcode:',
    ' ',
    'url not in the a b ',
  ])
    findMessages(piece.repeat(20_000), dialects)
  expect(performance.now() - began).toBeLessThan(AN_END_MS)
})
