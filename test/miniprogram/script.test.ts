// What is found in scripts, templates and styles, and how far it is folded.
import { parse } from '@babel/parser'
import { describe, expect, it, test } from 'vitest'
import { fold, type Module } from '../../src/miniprogram/fold.ts'
import { parseJson } from '../../src/miniprogram/json.ts'
import { readWxml, readWxss } from '../../src/miniprogram/markup.ts'
import { readScript, type ScriptFacts } from '../../src/miniprogram/script.ts'
import { AN_END_MS } from '../helpers/patience.ts'

function read(source: string, file = 'a.js'): ScriptFacts {
  const script = readScript(source, file, parse)
  if ('fault' in script) throw new Error(`line ${script.fault.line}`)
  return script
}

/** Texts that the only call may use; `…` where more follows. */
function urlsOf(source: string, others: Readonly<Record<string, string>> = {}): string[] {
  const modules = new Map<string, Module>()
  for (const [file, text] of Object.entries(others))
    modules.set(`./${file}`, read(text, `${file}.ts`).module)
  const { calls, module } = read(source)
  expect(calls).toHaveLength(1)
  return calls.flatMap(({ url }) =>
    fold(url, module, from => modules.get(from) ?? null).map(value =>
      value.kind === 'text' ? value.text + (value.open ? '…' : '') : value.kind,
    ),
  )
}

describe('a URL is folded as far as it is certain', () => {
  it.each([
    ["wx.request({ url: 'https://a.example/x' })", 'https://a.example/x'],
    ["wx.request({ 'url': `https://a.example/x` })", 'https://a.example/x'],
    ["const A = 'https://a.example'; wx.request({ url: A + '/x' })", 'https://a.example/x'],
    [
      "let A = 'https://a.example'; wx.request({ url: `$" + '{A}/x/$' + '{id}?y` })',
      'https://a.example/x/…',
    ],
    ["let A = 'https://a.example'; A = b; wx.request({ url: A })", 'unknown'],
    ["var A = 'https://a.example'; function f(A) {} wx.request({ url: A })", 'https://a.example'],
    ["var A = 'https://a.example'; function f(A) { wx.request({ url: A }) }", 'unknown'],
    ["function f() { var A = 'x' } function g() { var A = 'y'; wx.request({ url: A }) }", 'y'],
    ["const A = 'x'; function f() { A = 'y' } wx.request({ url: A })", 'unknown'],
    ["const A = 'x'; function f() { let A; A = 'y' } wx.request({ url: A })", 'x'],
    ["if (a) var A = 'x'; else var A = 'y'; wx.request({ url: A })", 'unknown'],
    ["const A = { b: { c: 'x' } }; wx.request({ url: A.b.c + A['b'].c })", 'xx'],
    ["const A = { b: 'x' }; A.b = y; wx.request({ url: A.b })", 'unknown'],
    ["const A = { b: 'x', ...y }; wx.request({ url: A.b })", 'unknown'],
    ["const { b } = { b: 'x' }; wx.request({ url: b })", 'x'],
    ["const url = 'x'; wx.request({ url })", 'x'],
    ["const o = { url: 'x' }; wx.request(o)", 'x'],
    ["wx.request({ ...o, url: 'x' })", 'x'],
    ["wx.request({ url: 'x', ...o })", 'unknown'],
    ["wx.request({ url: 'a'.concat(b, '/x') })", 'a…'],
    ["wx.request({ url: ''.concat('a', '/x') })", 'a/x'],
    ["wx.request({ url: process.env.API + '/x' })", '…'],
    ['const a = b, b = a; wx.request({ url: a })', 'unknown'],
    ["wx.request({ url: (0, 'x') })", 'x'],
  ])('%s', (source, expected) => {
    expect(urlsOf(source)).toEqual([expected])
  })

  it('keeps both ends of a choice', () => {
    const source =
      "const A = beta ? 'https://b.example' : 'https://a.example'; wx.request({ url: A + '/x' })"
    expect(urlsOf(source)).toEqual(['https://b.example/x', 'https://a.example/x'])
  })

  it.each([
    ["import { A } from './b'", "export const A = 'x'"],
    ["import { A } from './b'", "const B = 'x'; export { B as A }"],
    ["import A from './b'", "export default 'x' as string"],
    ["import A from './b'", "module.exports = 'x'"],
    ["import * as B from './b'; const A = B.c", "export const c: string = 'x'"],
    ["const { A } = require('./b')", "module.exports = { A: 'x' }"],
    ["const { A } = require('./b')", "exports.A = 'x'"],
    ["const A = require('./b').default.c", "export default { c: 'x' }"],
    ["import { A } from './b'", "export * from './c'", "export const A = 'x'"],
    ["import { A } from './b'", "export { d as A } from './c'", "export const d = 'x'"],
  ])('across files: %s of %s', (head, b, c = '') => {
    expect(urlsOf(`${head}\nwx.request({ url: A })`, { b, c })).toEqual(['x'])
  })

  it('ends where modules lead in circles, or names too deep', () => {
    const circle = "import { A } from './b'\nexport * from './b'\nexport { A }"
    expect(urlsOf("import { A } from './b'; wx.request({ url: A })", { b: circle })).toEqual([
      'unknown',
    ])
    const names = Array.from({ length: 500 }, (_, i) => `const a${i + 1} = a${i} + a${i}`)
    const source = `const a0 = 'x'\n${names.join('\n')}\nwx.request({ url: a500 })`
    expect(urlsOf(source)[0]).toMatch(/…$/)
  })
})

test.each([
  ['uni.request({})', 'uni.request'],
  ['Taro.uploadFile({})', 'Taro.uploadFile'],
  ["wx['downloadFile']({})", 'wx.downloadFile'],
  ['wx?.connectSocket({})', 'wx.connectSocket'],
  ['common_vendor.index.request({})', 'uni.request'],
  ['_tarojs_taro__WEBPACK_IMPORTED_MODULE_0___default.a.request({})', 'Taro.request'],
  ["import { request } from '@tarojs/taro'; request({})", 'request'],
  ["const s = wx.createUDPSocket(); s.send({ address: '10.0.0.2' })", 's.send'],
  ["this.s = wx.createTCPSocket(); this.s.connect({ address: 'a' })", 'this.s.connect'],
])('a call: %s', (source, name) => {
  expect(read(source).calls.map(call => call.name)).toEqual([name])
})

test.each([
  'my.request({})',
  'request({})',
  'wx.requestPayment({})',
  'wx.toString()',
  "s.send({ address: 'a' })",
])('no call: %s', source => {
  expect(read(source).calls).toEqual([])
})

test.each([
  ['success(res) { use(res.data) }', true],
  ['success: () => {}', true],
  ['success: ({ data }) => data', true],
  ['success: function (r) { const { data } = r; use(data) }', true],
  ['success: res => res.statusCode', false],
  ['success: res => res["statusCode"]', false],
  ['success: res => res[key]', false],
  ['success: res => resolve(res)', false],
  ['success: res => ({ ...res })', false],
  ['success: ({ data, ...rest }) => use(rest)', false],
  ['success: ({ statusCode }) => statusCode', false],
  ['success: (...all) => all', false],
  ['success: handler', false],
  ['fail: () => {}', false],
])('the status is ignored: { %s }', (property, isIgnored) => {
  const [call] = read(`wx.request({ url: 'x', ${property} })`).calls
  expect(call?.statusIgnored !== null).toBe(isIgnored)
})

test('mentions are texts that begin as URLs do, with their places', () => {
  const source = `import 'https://a.example'
// https://b.example
const c = 'see https://c.example'
const d = { 'https://e.example': 1 }
  log("wss://f.example/x", \`http://g.example/\${h}\`, 'https://i.example' + j)`
  expect(read(source).mentions).toMatchObject([
    { text: 'wss://f.example/x', open: false, place: { line: 5, column: 7 } },
    { text: 'http://g.example/', open: true, place: { line: 5, column: 28 } },
    { text: 'https://i.example', open: true, place: { line: 5, column: 53 } },
  ])
})

test.each([
  ['let = = 1', 1, 7],
  ['a\n  ) b', 2, 3],
])('no script: %j', (source, line, column) => {
  expect(readScript(source, 'a.js', parse)).toMatchObject({ fault: { line, column } })
})

test('templates', () => {
  const text = `<!-- <image src="http://never.example/a"/> -->
<wxs module="m">var a = '<image src="http://never.example/b"/>'</wxs>
<image src='https://a.example/{{b}}.png' class="x > y"/><web-view
  src="https://b.example"/>
<view style="background: url(https://c.example/{{d}})" data-src="http://never.example/c">
<video poster="{{e ? 'https://d.example/f' : g}}" src="/local.mp4"></video></view>`
  expect(readWxml(text, 'a.wxml')).toMatchObject([
    { text: 'https://a.example/', open: true, use: 'asset', place: { line: 3, column: 13 } },
    { text: 'https://b.example', open: false, use: 'business', place: { line: 4, column: 8 } },
    { text: 'https://c.example/', open: true, use: 'asset', place: { line: 5, column: 30 } },
    { text: 'https://d.example/f', open: false, use: 'asset', place: { line: 6, column: 23 } },
  ])
})

test('styles', () => {
  const text = `/* url(http://never.example) */
@import "https://a.example/b.wxss";
.c { src: url( 'https://d.example/e.ttf' ) format('truetype'); background: url(/local.png) }`
  expect(readWxss(text, 'a.wxss')).toMatchObject([
    { text: 'https://a.example/b.wxss', place: { line: 2, column: 10 } },
    { text: 'https://d.example/e.ttf', place: { line: 3, column: 17 } },
  ])
})

test('every beginning of a script and of a setting is read, or has a fault with a place', async () => {
  const script = `import a from './a'; const { b } = a; class C { d = \`e\${b}\` }
    wx.request({ url: b + 'x', success: ({ data }) => data, header: { 'Referer': /r/ } }).then(() => {})`
  for (let end = 0; end <= script.length; end++) {
    const read = readScript(script.slice(0, end), 'a.ts', parse)
    if ('fault' in read) expect(read.fault.line).toBeGreaterThan(0)
    else expect(read.calls.length).toBeLessThan(2)
  }
  const setting = '{ "a": [1, -2.5, true, null, "\\u00e9"], // b\n "c": {"d": "e"},}'
  for (let end = 0; end <= setting.length; end++) {
    const { value, faults } = await parseJson(setting.slice(0, end), 'a.json')
    expect(value !== null || faults.length > 0).toBe(true)
  }
})

test.each([
  "{'a': 1}",
  '{a: 1}',
  '[1,,2]',
  '(1)',
  '{"a": b}',
  '[...a]',
  '{"a"() {}}',
  '`a`',
  '1 + 1',
  '',
  '{"a": 1}}',
])('no JSON: %s', async text => {
  expect(await parseJson(text, 'a.json')).toMatchObject({
    value: null,
    faults: [{ what: 'syntax' }],
  })
})

test('hostile templates cost no more than their length', () => {
  const pieces = ['<wxs ', '<!--', '<a "', 'url(', '{{', '<image src="', "style='", '/*']
  for (const piece of pieces) {
    const text = piece.repeat(200_000)
    const started = performance.now()
    readWxml(text, 'a.wxml')
    readWxss(text, 'a.wxss')
    expect(performance.now() - started).toBeLessThan(AN_END_MS)
  }
})
