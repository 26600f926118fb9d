// What a user installs: the packed files, their size, and that the package's entry points hold.
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { beforeAll, describe, expect, it } from 'vitest'
import { VERSION } from '../src/version.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as Record<string, never>
const MAX_BYTES = 900 * 1024

interface Packed {
  readonly size: number
  readonly files: readonly { readonly path: string }[]
}

let packed: Packed

beforeAll(async () => {
  if (!existsSync(`${root}dist/index.js`)) throw new Error('no dist/: npm test builds it first')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { stdout } = await promisify(execFile)(
    npm,
    ['pack', '--dry-run', '--json', '--ignore-scripts'],
    {
      cwd: root,
      shell: process.platform === 'win32',
      maxBuffer: 8 << 20,
    },
  )
  packed = (JSON.parse(stdout) as Packed[])[0] as Packed
})

describe('the package', () => {
  it('holds what it needs and nothing else', () => {
    const paths = packed.files.map(({ path }) => path)
    for (const needed of [
      'bin/mpcert.js',
      'dist/index.js',
      'dist/index.d.ts',
      'dist/cli/program.js',
      'dist/stores/roots.br',
      'LICENSE',
      'README.md',
      'README.zh-CN.md',
      'CHANGELOG.md',
    ])
      expect(paths).toContain(needed)
    const strange = paths.filter(
      path =>
        !/^(?:bin\/mpcert\.js|dist\/.+\.(?:js|d\.ts)|dist\/stores\/[a-z-]+\.(?:br|jsonl)|(?:README(?:\.zh-CN)?|CHANGELOG)\.md|LICENSE|package\.json)$/.test(
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

  it('knows its own version', () => {
    expect(VERSION).toBe(manifest['version'])
  })

  it('needs nothing at run time but what it was meant to', () => {
    expect(Object.keys(manifest['dependencies'] ?? {}).sort()).toEqual([
      '@noble/post-quantum',
      'cli-table3',
      'commander',
      'node-forge',
      'ora',
    ])
  })
})
