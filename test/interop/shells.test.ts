// Shells, and the reader of manual pages: they load what mpcert writes for them.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { manPage } from '../../src/cli/man.ts'
import { runCli } from '../helpers/cli.ts'
import { requireProgram } from './programs.ts'

beforeAll(() => {
  for (const name of ['zsh', 'fish']) requireProgram(name)
})

async function scriptFor(
  shell: string,
): Promise<{ readonly folder: string; readonly file: string }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-shells-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, '_mpcert')
  writeFileSync(file, (await runCli(['completion', shell])).stdout)
  return { folder, file }
}

test('zsh takes the completion, sourced and as a function of its path', async () => {
  const { folder, file } = await scriptFor('zsh')
  const start = `autoload -Uz compinit; compinit -u -d ${folder}/dump; `
  const sourced = execFileSync('zsh', ['-fc', `${start} source ${file}; print $_comps[mpcert]`])
  expect(String(sourced)).toBe('_mpcert\n')
  const found = execFileSync('zsh', [
    '-fc',
    `fpath=(${folder} $fpath); ${start} print $_comps[mpcert]`,
  ])
  expect(String(found)).toBe('_mpcert\n')
  execFileSync('zsh', ['-fn', file])
})

test('fish completes commands, flags and values', async () => {
  const { file } = await scriptFor('fish')
  const complete = (line: string) =>
    String(execFileSync('fish', ['--no-config', '-c', `source ${file}; complete -C '${line}'`]))
      .trim()
      .split('\n')
      .map(one => one.split('\t')[0])
  expect(complete('mpcert expl')).toEqual(['explain'])
  expect(complete('mpcert check --fail-')).toEqual(['--fail-on'])
  expect(complete('mpcert check --fail-on w')).toEqual(['warn'])
  expect(complete('mpcert explain chain-inc')).toEqual(['chain-incomplete'])
})

test('the manual page has no fault', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-man-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'mpcert.1')
  writeFileSync(file, manPage())
  expect(String(execFileSync('mandoc', ['-T', 'lint', '-W', 'error', file]))).toBe('')
})
