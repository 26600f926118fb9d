// What stands beside the program for others to use: it names only what is there, and its steps do what they say.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import { COMMANDS } from '../src/cli/commands.ts'
import { COMMON } from '../src/cli/options.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

const FILES = [
  'README.md',
  'README.zh-CN.md',
  '.github/actions/check/check.sh',
  '.gitlab/mpcert.gitlab-ci.yml',
  '.pre-commit-hooks.yaml',
  '.docker/Dockerfile',
]

describe.each(FILES)('%s', file => {
  const calls = [
    ...read(file).matchAll(/(?:\bmpcert(?:@\S+)?"?|\}"|mpcert\.js) ([a-z]+)((?: [^\n`]*)?)/g),
  ]
    .map(([, name = '', rest = '']) => ({ name, rest }))
    .filter(
      ({ name, rest }) =>
        COMMANDS.some(({ form }) => form.split(' ')[0] === name) || rest.includes(' --'),
    )

  it('names only commands and flags that there are', () => {
    expect(calls.length).toBeGreaterThan(0)
    for (const { name, rest } of calls) {
      const command = COMMANDS.find(({ form }) => form.split(' ')[0] === name)
      expect(command, name).toBeDefined()
      const known = [...(command?.flags ?? []), ...COMMON].map(({ form }) => form)
      for (const [flag] of rest.replace(/#.*/, '').matchAll(/(?<=\s)--[a-z][a-z-]+/g))
        expect(
          known.some(form => new RegExp(`${flag}(?![a-z-])`).test(form)),
          `${name} ${flag}`,
        ).toBe(true)
    }
  })
})

describe.skipIf(process.platform === 'win32')('the step of the GitHub Action', () => {
  function step(inputs: Readonly<Record<string, string>>) {
    const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-action-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    const [output, summary] = ['output', 'summary'].map(name => path.join(folder, name))
    const named = Object.entries(inputs).map(([name, value]) => [`INPUT_${name}`, value])
    const { status, stderr } = spawnSync(
      'bash',
      [path.join(root, '.github/actions/check/check.sh')],
      {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          MPCERT_LANG: 'en',
          MPCERT: `${process.execPath} ${path.join(root, 'bin/mpcert.js')}`,
          GITHUB_OUTPUT: output,
          GITHUB_STEP_SUMMARY: summary,
          ...Object.fromEntries(named),
        },
      },
    )
    const text = (file: string | undefined) =>
      file && existsSync(file) ? readFileSync(file, 'utf8') : ''
    return { status, stderr: String(stderr), output: text(output), summary: text(summary), folder }
  }

  test('checks, and leaves SARIF, a summary and the exit code', () => {
    const { status, output, summary, folder } = step({
      TARGETS: 'nobody.invalid\n  somebody.invalid',
      ARGUMENTS: '--timeout\n5s',
      SARIF: 'found.sarif',
    })
    expect(status).toBe(3)
    expect(output).toBe('exit-code=3\nsarif=found.sarif\n')
    expect(summary).toMatch(/\| nobody.invalid:443 \| \? unreachable \|/)
    expect(summary).toContain('somebody.invalid')
    const sarif = JSON.parse(readFileSync(path.join(folder, 'found.sarif'), 'utf8'))
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] })
  })

  test('says what is wrong with its inputs', () => {
    const { status, stderr, output } = step({ ARGUMENTS: '--fail-onn\nwarn' })
    expect([status, output]).toEqual([2, 'exit-code=2\nsarif=mpcert.sarif\n'])
    expect(stderr).toMatch(/did you mean --fail-on\?/)
  })
})
