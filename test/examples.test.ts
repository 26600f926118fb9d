// Every function of the library has an example in its documentation; each is run as it stands, by a program of its own.
import { execFile } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodePem } from '../src/x509/pem.ts'
import { DAY_MS, makeCa, makeLeaf } from './helpers/certs.ts'
import { identity, listening, startTls } from './helpers/tls-server.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = (file: string) => readFileSync(path.join(root, 'src', file), 'utf8')

/** What src/index.ts exports: the public name, and where it is made under which. */
const exported = [...source('index.ts').matchAll(/^export \{([^}]+)\} from '\.\/(.+)'/gm)].flatMap(
  ([, names = '', file = '']) =>
    names
      .split(',')
      .map(name => name.trim())
      .filter(name => name !== '' && !name.startsWith('type '))
      .map(name => {
        const [own = '', shown = own] = name.split(' as ')
        return { name: shown, own, file }
      }),
)

function exampleOf(own: string, file: string): string | null {
  const declared = `export (?:async )?(?:function|const) ${own}\\b`
  const [, comment = ''] =
    new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\n${declared}`).exec(source(file)) ?? []
  const text = comment.replace(/^ \* ?/gm, '')
  return /@example\n```js\n([\s\S]*?)```/.exec(text)?.[1] ?? null
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-examples-'))
  mkdirSync(path.join(folder, 'node_modules'))
  symlinkSync(root, path.join(folder, 'node_modules', 'mpcert'), 'junction')
  const ca = makeCa('Example Root')
  const subordinate = makeCa('Example CA', { issuer: ca })
  const leaf = makeLeaf(['api.example.com'], {
    issuer: subordinate,
    notBefore: Date.now() - DAY_MS,
    notAfter: Date.now() + DAY_MS,
  })
  writeFileSync(path.join(folder, 'leaf.pem'), encodePem(leaf.der))
  writeFileSync(path.join(folder, 'root.pem'), encodePem(ca.der))
  copyFileSync(
    path.join(root, 'test/readme/observation.json'),
    path.join(folder, 'observation.json'),
  )
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the example of', async () => {
  const library: Readonly<Record<string, unknown>> = await import('../dist/index.js')
  const functions = exported.filter(({ name }) => {
    const value = library[name]
    return typeof value === 'function' && !/^class\b/.test(String(value))
  })

  test.each(functions)('$name says what it does', async ({ name, own, file }) => {
    const example = exampleOf(own, file)
    expect(example, 'has none').not.toBeNull()
    expect(example).toMatch(new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from 'mpcert'`))
    const secured = await startTls(identity('ec-p256'))
    const plain = await listening(createServer((_, answer) => answer.end('here')))
    const script = path.join(folder, `${name}.mjs`)
    const code = (example ?? '').replaceAll(':8443', `:${secured}`).replaceAll(':8080', `:${plain}`)
    writeFileSync(script, code)
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], {
      cwd: folder,
    })
    expect(stderr).toBe('')
    const said = stdout.trimEnd().split('\n')
    const promised = code.split('\n').filter(line => line.includes('console.log('))
    for (const [index, line] of promised.entries()) {
      const [, words] = /\) \/\/ (.*)$/.exec(line) ?? []
      if (words === undefined) expect(said[index]).toMatch(/\S/)
      else expect(said[index]).toBe(words)
    }
    expect(stdout === '' ? 0 : said.length).toBe(promised.length)
  })

  test('every function that there is', () => {
    const all = Object.keys(library).filter(name => typeof library[name] === 'function')
    const classes = all.filter(name => /^class\b/.test(String(library[name])))
    expect([...functions.map(({ name }) => name), ...classes].sort()).toEqual(all.sort())
    expect(functions.length).toBeGreaterThan(10)
  })
})
