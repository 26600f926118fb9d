// The image, as far as it can be made without an engine: the steps of the Dockerfile in a clean folder, and what they leave.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { VERSION } from '../../src/version.ts'
import { build, type Image, makeHome, NOBODY } from './dockerfile.ts'

const context = fileURLToPath(new URL('../..', import.meta.url))
const { engines } = JSON.parse(readFileSync(path.join(context, 'package.json'), 'utf8'))

let folder: string
let image: Image
const bases: string[] = []

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-image-'))
  chmodSync(folder, 0o755)
  const file = path.join(context, '.docker/Dockerfile')
  image = build({ file, context, into: folder }, (base, stage) => {
    bases.push(base)
    makeHome(stage, 'node')
  })
}, 600_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As `docker run` would, and as nobody where we are root. */
function run(...args: readonly string[]) {
  const [program = '', ...own] = image.entrypoint
  const isRoot = process.getuid?.() === 0
  return spawnSync(program, [...own, ...args], {
    cwd: path.join(image.folder, image.workdir),
    env: { ...image.env, HOME: path.join(image.folder, 'home', image.user), MPCERT_LANG: 'en' },
    encoding: 'utf8',
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
  })
}

describe('the image', () => {
  test('stands on a Node that the package admits, and is not run by root', () => {
    const [, least] = /^>=(\d+)/.exec(engines.node) ?? []
    for (const base of bases) {
      const [, major] = /^node:(\d+)-alpine$/.exec(base) ?? []
      expect(Number(major), base).toBeGreaterThanOrEqual(Number(least))
    }
    expect(image.user).toBe('node')
  })

  test('holds the package and what it needs, and no tools', () => {
    const modules = path.join(image.folder, 'usr/local/lib/node_modules')
    expect(readdirSync(modules)).toEqual(['mpcert'])
    expect(existsSync(path.join(modules, 'mpcert/node_modules/commander'))).toBe(true)
    for (const tool of ['typescript', 'rolldown', 'vitest'])
      expect(existsSync(path.join(modules, 'mpcert/node_modules', tool)), tool).toBe(false)
  })

  test('says its version', () => {
    expect(run('--version')).toMatchObject({ status: 0, stdout: `${VERSION}\n`, stderr: '' })
  })

  test('shows the demo', () => {
    const { status, stdout } = run('demo')
    expect(status).toBe(0)
    expect(stdout).toMatch(/judged (\d+) of \1 right\n$/)
  })

  test('writes reports where it stands', () => {
    const report = path.join(image.folder, image.workdir, 'report.json')
    expect(run('check', 'nobody.invalid', '-o', 'json=report.json')).toMatchObject({ status: 3 })
    expect(JSON.parse(readFileSync(report, 'utf8')).summary.unreachable).toBe(1)
  })
})
