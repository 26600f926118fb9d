// What stands beside the program for others to use: it names only what is there, and its steps do what they say.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

/** What action.yml says of its inputs, and of its own step. */
function readAction() {
  const [, inputs = '', rest = ''] = /^inputs:\n([\s\S]*?)^outputs:\n([\s\S]*)/m.exec(
    read('.github/actions/check/action.yml'),
  ) ?? ['', '', '']
  const defaults = new Map(
    [...inputs.matchAll(/^ {2}([a-z]+):\n {4}description: .*\n {4}default: (.*)$/gm)].map(
      ([, name = '', value = '']) => [name, value.replace(/^""$/, '')],
    ),
  )
  const env = [...rest.matchAll(/^ +(\w+): \$\{\{ inputs\.([a-z]+) \}\}$/gm)].map(
    ([, variable = '', input = '']) => ({ variable, input }),
  )
  const [, command = ''] = /^ +run: (.*)$/m.exec(rest) ?? []
  return { defaults, env, command }
}

describe.skipIf(process.platform === 'win32')('the step of the GitHub Action', () => {
  const { defaults, env, command } = readAction()
  /** What `shell: bash` means to a runner. */
  const RUNNER = ['--noprofile', '--norc', '-eo', 'pipefail', '-c']

  /** As a runner would, from action.yml: the inputs by name, defaults elsewhere. */
  function step(
    inputs: Readonly<Record<string, string>>,
    surroundings: Readonly<Record<string, string | undefined>> = {
      PATH: process.env['PATH'],
      MPCERT: `${process.execPath} ${path.join(root, 'bin/mpcert.js')}`,
    },
  ) {
    const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-action-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(path.join(folder, 'hosts.txt'), '# ours\nlisted.invalid\n')
    const [output, summary] = ['output', 'summary'].map(name => path.join(folder, name))
    const given = env.map(({ variable, input }) => [variable, inputs[input] ?? defaults.get(input)])
    const { status, stdout, stderr } = spawnSync('bash', [...RUNNER, command], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...surroundings,
        MPCERT_LANG: 'en',
        GITHUB_ACTION_PATH: path.join(root, '.github/actions/check'),
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        ...Object.fromEntries(given),
      },
    })
    const text = (file: string | undefined) =>
      file && existsSync(file) ? readFileSync(file, 'utf8') : ''
    const said = { stdout: String(stdout), stderr: String(stderr) }
    return { status, ...said, output: text(output), summary: text(summary), folder }
  }

  test('hands every input over', () => {
    expect([...defaults.keys()].sort()).toEqual(env.map(({ input }) => input).sort())
    expect(defaults.size).toBeGreaterThan(3)
    const script = read('.github/actions/check/check.sh')
    const used = new Set([...script.matchAll(/\bINPUT_[A-Z]+/g)].map(([name]) => name))
    expect([...used].sort()).toEqual(env.map(({ variable }) => variable).sort())
  })

  test('checks, and leaves SARIF, a summary and the exit code', () => {
    const { status, output, summary, folder } = step({
      targets: 'nobody.invalid\n  somebody.invalid',
      list: 'hosts.txt',
      arguments: '--timeout\n5s',
      sarif: 'found.sarif',
    })
    expect(status).toBe(3)
    expect(output).toBe('exit-code=3\nsarif=found.sarif\n')
    for (const name of ['nobody', 'somebody', 'listed'])
      expect(summary).toMatch(new RegExp(`\\| ${name}\\.invalid:443 \\| \\? unreachable \\|`))
    const sarif = JSON.parse(readFileSync(path.join(folder, 'found.sarif'), 'utf8'))
    expect(sarif).toMatchObject({ version: '2.1.0', runs: [{ results: [] }] })
    expect(existsSync(path.join(folder, 'found.sarif.md'))).toBe(false)
  })

  test('says what is wrong with its inputs', () => {
    const { status, stderr, output } = step({ arguments: '--fail-onn\nwarn' })
    expect([status, output]).toEqual([2, 'exit-code=2\nsarif=mpcert.sarif\n'])
    expect(stderr).toMatch(/did you mean --fail-on\?/)
  })

  test('takes the targets of a configuration where it is given none', () => {
    const { status, stderr } = step({})
    expect(status).toBe(2)
    expect(stderr).toBe('mpcert: no target: name a host, such as mpcert check api.example.com\n')
  })

  test('fetches the version that is asked for', () => {
    const bin = mkdtempSync(path.join(tmpdir(), 'mpcert-npx-'))
    onTestFinished(() => rmSync(bin, { recursive: true, force: true }))
    const npx = '#!/bin/sh\necho "npx $*"\nexit 1\n'
    writeFileSync(path.join(bin, 'npx'), npx, { mode: 0o755 })
    const surroundings = { PATH: `${bin}:${process.env['PATH']}` }
    const { status, stdout } = step({ targets: 'a.invalid', version: '0.1.0' }, surroundings)
    expect([status, stdout]).toEqual([
      1,
      'npx --yes mpcert@0.1.0 check a.invalid -o sarif=mpcert.sarif -o markdown=mpcert.sarif.md\n',
    ])
  })
})
