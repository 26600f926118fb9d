import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CodeCache } from '../../src/cli/code-cache.ts'
import { spawnCli } from '../helpers/cli.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-code-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the program', () => {
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    spawnCli(args, { env: { MPCERT_CACHE_DIR: folder, ...env } })
  const kept = (command: string) => {
    const room = path.join(folder, 'code', command)
    return readdirSync(room).map(name => path.join(room, name))
  }
  const written = (command: string) => kept(command).map(file => statSync(file).mtimeMs)

  it('runs from the code of an earlier run, libraries that come as ES modules included', async () => {
    const sample = fileURLToPath(new URL('../projects/typescript', import.meta.url))
    const first = await run(['project', sample])
    expect(first).toMatchObject({ code: 1, stderr: '' })
    const at = written('project')
    expect(at.length).toBeGreaterThan(5)
    expect(await run(['project', sample])).toEqual(first)
    expect(written('project')).toEqual(at)
  })

  it('compiles anew what was damaged, and keeps it again', async () => {
    const first = await run(['rules'])
    const damages: ((bytes: Buffer) => Uint8Array)[] = [
      bytes => bytes.subarray(0, bytes.length / 2),
      bytes => bytes.subarray(0, 8),
      () => new Uint8Array(),
      bytes => bytes.fill(0, 32, 64),
      bytes => bytes.fill(0, bytes.length >> 1),
    ]
    const core = path.join(folder, 'code', 'rules', 'dist-chunks-core.cjs')
    const sound = readFileSync(core).length
    for (const damage of damages) {
      for (const file of kept('rules')) writeFileSync(file, damage(readFileSync(file)))
      expect(await run(['rules'])).toEqual(first)
      // V8 does not always come to the very same bytes.
      expect(readFileSync(core).length / sound).toBeCloseTo(1, 2)
    }
  })

  it('keeps nothing of a run that failed, where that is switched off, and where it cannot', async () => {
    expect(await run(['check', '--no-such-flag'])).toMatchObject({ code: 2 })
    expect(await run(['rules'], { NODE_DISABLE_COMPILE_CACHE: '1' })).toMatchObject({ code: 0 })
    expect(readdirSync(folder)).toEqual([])
    writeFileSync(path.join(folder, 'code'), 'a file')
    expect(await run(['rules'])).toMatchObject({ code: 0, stderr: '' })
  })

  it.skipIf(process.getuid === undefined)(
    'takes no code from where another user could have put it',
    async () => {
      await run(['rules'])
      const room = path.join(folder, 'code', 'rules')
      const at = written('rules')
      for (const file of kept('rules')) writeFileSync(file, 'not ours')
      const planted = written('rules')
      expect(planted).not.toEqual(at)
      chmodSync(room, 0o777)
      expect(await run(['rules'])).toMatchObject({ code: 0 })
      expect(written('rules')).toEqual(planted)
      if (process.getuid?.() !== 0) return
      chmodSync(room, 0o700)
      chownSync(room, 12_345, 12_345)
      expect(await run(['rules'])).toMatchObject({ code: 0 })
      expect(written('rules')).toEqual(planted)
    },
  )
})

describe('CodeCache', () => {
  const source = (name: string) => path.join(folder, name)
  const room = () => path.join(folder, 'kept')
  const load = (file: string) => {
    const cache = new CodeCache(room(), [source('apart.cjs')])
    const exports = cache.load(file)
    cache.save()
    return exports
  }

  it('gives what Node gives: exports, paths, cycles; and leaves alone what it is told to', async () => {
    writeFileSync(source('a.cjs'), "exports.early = 1; exports.b = require('./b.cjs')")
    writeFileSync(
      source('b.cjs'),
      "const a = require('./a.cjs'); module.exports = { early: a.early, here: [__filename, __dirname], os: require('./apart.cjs') }",
    )
    writeFileSync(source('apart.cjs'), "module.exports = () => import('node:os')")
    for (const _ of ['compiled', 'kept']) {
      const { b } = load(source('a.cjs')) as {
        b: { early: number; here: string[]; os: () => Promise<object> }
      }
      expect(b).toMatchObject({ early: 1, here: [source('b.cjs'), folder] })
      expect(await b.os()).toHaveProperty('platform')
    }
    expect(readdirSync(room())).toHaveLength(2)
  })

  it('sees a change of the source that leaves its length alone', () => {
    writeFileSync(source('a.cjs'), 'exports.f = () => 1')
    expect(load(source('a.cjs'))).toHaveProperty('f')
    writeFileSync(source('a.cjs'), 'exports.f = () => 2')
    const { f } = load(source('a.cjs')) as { f: () => number }
    expect(f()).toBe(2)
  })

  it('keeps the functions that have run', () => {
    const body = `exports.f = () => { ${'Math.random();'.repeat(500)} }`
    writeFileSync(source('a.cjs'), body)
    load(source('a.cjs'))
    const size = () => readFileSync(path.join(room(), readdirSync(room())[0]!)).length
    const idle = size()
    rmSync(room(), { recursive: true })
    const cache = new CodeCache(room())
    const { f } = cache.load(source('a.cjs')) as { f: () => void }
    f()
    cache.save()
    expect(size()).toBeGreaterThan(idle * 2)
  })

  it('leaves what was thrown to the caller', () => {
    mkdirSync(room())
    writeFileSync(source('a.cjs'), "throw new Error('no')")
    expect(() => load(source('a.cjs'))).toThrow('no')
    expect(() => load(source('missing.cjs'))).toThrow('ENOENT')
  })
})
