// The library's documentation: TypeDoc, on a TypeScript that it knows, finds every type that a signature mentions.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const INSTALL = ['install', '--no-audit', '--no-fund', '--ignore-scripts']

interface Reflection {
  readonly name: string
  readonly children?: readonly Reflection[]
  readonly signatures?: readonly {
    readonly comment?: { readonly blockTags?: readonly { readonly tag: string }[] }
  }[]
}

test('TypeDoc has nothing to warn of', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-typedoc-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}')
  const run = (program: string, args: readonly string[]) =>
    execFileSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      // Where a tool that was started by npm looks for its own settings.
      env: Object.fromEntries(
        Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')),
      ),
    })
  run('npm', [...INSTALL, 'typedoc@0.28', 'typescript@5.9', '@types/node@20'])
  const entry = path.join(root, 'dist/index.d.ts')
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        module: 'nodenext',
        target: 'es2023',
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        types: ['node'],
        typeRoots: [path.join(folder, 'node_modules/@types')],
      },
      files: [entry],
    }),
  )
  const out = path.join(folder, 'api.json')
  const typedoc = path.join(folder, 'node_modules/typedoc/bin/typedoc')
  run(process.execPath, [
    typedoc,
    ...['--tsconfig', 'tsconfig.json', '--entryPoints', entry, '--json', out],
    '--treatWarningsAsErrors',
    // Where the sources are published is no question of the types.
    '--disableSources',
  ])
  const { children = [] } = JSON.parse(readFileSync(out, 'utf8')) as Reflection
  const names = children.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['check', 'verifyChain', 'FindingResult']))
  const hasExample = ({ signatures = [] }: Reflection) =>
    signatures.every(({ comment }) => comment?.blockTags?.some(({ tag }) => tag === '@example'))
  const functions = children.filter(({ signatures = [] }) => signatures.length > 0)
  expect(functions.length).toBeGreaterThan(10)
  expect(functions.filter(one => !hasExample(one)).map(({ name }) => name)).toEqual([])
}, 300_000)
