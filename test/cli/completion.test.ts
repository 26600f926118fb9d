// The scripts for shells, loaded by those that are here; test/interop has the others.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands.ts'
import { manPage } from '../../src/cli/man.ts'
import { runCli } from '../helpers/cli.ts'

const hasBash = spawnSync('bash', ['--version']).status === 0

describe.skipIf(!hasBash)('bash', async () => {
  const { stdout: script } = await runCli(['completion', 'bash'])

  function complete(...words: readonly string[]): readonly string[] {
    const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-completion-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    writeFileSync(path.join(folder, 'mpcert.bash'), script)
    const lines = [
      'source mpcert.bash',
      `COMP_WORDS=(${words.map(word => `'${word}'`).join(' ')})`,
      `COMP_CWORD=${words.length - 1}`,
      '_mpcert',
      `printf '%s\\n' "\${COMPREPLY[@]}"`,
    ]
    const { stdout, stderr } = spawnSync('bash', ['-c', lines.join('\n')], { cwd: folder })
    expect(String(stderr)).toBe('')
    return String(stdout).trim().split('\n')
  }

  it.each<[readonly string[], readonly string[]]>([
    [['mpcert', 'ex'], ['explain']],
    [['mpcert', 'check', '--fail'], ['--fail-on']],
    [['mpcert', 'check', '--fail-on', 'w'], ['warn']],
    [
      ['mpcert', 'check', '-f', 'js'],
      ['json', 'jsonl'],
    ],
    [
      ['mpcert', 'check', '--platforms', 'android-7'],
      ['android-7.0', 'android-7.1.1'],
    ],
    [['mpcert', 'explain', 'chain-inc'], ['chain-incomplete']],
    [['mpcert', 'stores', 'u'], ['update']],
    [['mpcert', 'check', '--list', 'mpcert.b'], ['mpcert.bash']],
    [['mpcert', 'show', 'mpcert.b'], ['mpcert.bash']],
  ])('%j gives %j', (words, expected) => {
    expect(complete(...words)).toEqual(expected)
  })

  it('knows every command', () => {
    expect(complete('mpcert', '')).toEqual(COMMANDS.map(({ form }) => form.split(' ')[0]))
  })
})

test.each(['tcsh', ''])('there is none for %j', async shell => {
  expect(await runCli(['completion', shell])).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'mpcert: completion: name a shell: bash, zsh, fish, powershell\n',
  })
})

test('the manual page has every command with its flags', () => {
  const page = manPage().replaceAll('\\-', '-')
  for (const { form, flags } of COMMANDS) {
    expect(page).toContain(`.SS "mpcert ${form}"`)
    for (const flag of flags) if (!flag.hidden) expect(page).toContain(`.B ${flag.form}\n`)
  }
})
