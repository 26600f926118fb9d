// What a user installs: the packed files, their size, and that the package's entry points hold.
import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VERSION } from '../src/version.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as Record<string, never>
const MAX_BYTES = 900 * 1024

interface Packed {
  readonly filename: string
  readonly size: number
  readonly files: readonly { readonly path: string }[]
}

let packed: Packed
let folder: string

beforeAll(async () => {
  if (!existsSync(`${root}dist/index.js`)) throw new Error('no dist/: npm test builds it first')
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-pack-'))
  const isWindows = process.platform === 'win32'
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const { stdout } = await promisify(execFile)(isWindows ? 'npm.cmd' : 'npm', args, {
    cwd: root,
    shell: isWindows,
    maxBuffer: 8 << 20,
  })
  packed = (JSON.parse(stdout) as Packed[])[0] as Packed
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the package', () => {
  it('holds what it needs and nothing else', () => {
    const paths = packed.files.map(({ path }) => path)
    for (const needed of [
      'bin/mpcert.js',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/cli/program.cjs',
      'dist/config.schema.json',
      'dist/mpcert.1',
      'dist/stores/roots.br',
      'LICENSE',
      'README.md',
      'README.zh-CN.md',
      'CHANGELOG.md',
    ])
      expect(paths).toContain(needed)
    const strange = paths.filter(
      path =>
        !/^(?:bin\/mpcert\.js|dist\/config\.schema\.json|dist\/mpcert\.1|dist\/.+\.(?:c?js|d\.ts)|dist\/stores\/[a-z-]+\.(?:br|jsonl)|(?:README(?:\.zh-CN)?|CHANGELOG)\.md|LICENSE|package\.json)$/.test(
          path,
        ),
    )
    expect(strange).toEqual([])
  })

  it('is small', () => {
    expect(packed.size).toBeLessThanOrEqual(MAX_BYTES)
  })

  it('has entry points that tools can follow', async () => {
    const { messages } = await publint({ pkgDir: root, strict: true })
    expect(messages.map(message => formatMessage(message, manifest))).toEqual([])
  })

  it('has types that resolve for whoever imports it', async () => {
    const tarball = readFileSync(path.join(folder, packed.filename))
    const analysis = await checkPackage(createPackageFromTarballData(tarball))
    if (!analysis.types) throw new Error('no types')
    // The package is ESM alone: a require of old, and a resolution that knows no `exports`, are not for it.
    const others = analysis.problems.filter(
      ({ kind }) => kind !== 'CJSResolvesToESM' && kind !== 'NoResolution',
    )
    expect(others).toEqual([])
    for (const resolution of ['node16-esm', 'bundler'] as const)
      expect(analysis.entrypoints['.']?.resolutions[resolution].resolution).toMatchObject({
        isTypeScript: true,
      })
  })

  it('knows its own version', () => {
    expect(VERSION).toBe(manifest['version'])
  })

  it('needs nothing at run time but what it was meant to', () => {
    expect(Object.keys(manifest['dependencies'] ?? {}).sort()).toEqual([
      '@babel/parser',
      '@noble/post-quantum',
      'cli-table3',
      'commander',
      'node-forge',
      'ora',
    ])
  })
})

// It takes as long to load as much of the rest, and only what goes beyond TLS speaks by it.
it('a check loads nothing of TLS that is not its own', () => {
  const loaded = new Set([`${root}dist/chunks/commands.cjs`])
  for (const file of loaded)
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
      /^(?:const|let) .*require\("(.+)"\)/gm,
    ))
      if (name.startsWith('.')) loaded.add(path.join(path.dirname(file), name))
      else expect(name, file).not.toMatch(/^node:(?:tls|https?)$/)
  expect([...loaded].map(file => path.basename(file))).toContain('core.cjs')
})

// A lock file written beside an installed tree may lack what other systems need, and then installs on none.
it('the lock file names every package that any system installs', () => {
  const { packages } = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as Lock
  const names = new Set(Object.keys(packages).map(at => at.split('node_modules/').at(-1)))
  const wanted = Object.values(packages).flatMap(one => Object.keys(one.optionalDependencies ?? {}))
  expect(wanted.length).toBeGreaterThan(0)
  expect(wanted.filter(name => !names.has(name))).toEqual([])
})

interface Lock {
  readonly packages: Readonly<Record<string, { optionalDependencies?: Record<string, string> }>>
}
