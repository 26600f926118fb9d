import { execFileSync } from 'node:child_process'
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { requireWritable, writeWhole } from '../../src/cli/write-file.ts'

/** Links and pipes of a file system that everybody may make. */
const posix = test.skipIf(process.platform === 'win32')

let folder: string
const at = (name: string) => path.join(folder, name)
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'mpcert-write-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a new file, an old one, and nothing beside them', async () => {
  for (const text of ['first', 'second']) {
    await requireWritable(at('report'))
    await writeWhole(at('report'), text)
    expect(readFileSync(at('report'), 'utf8')).toBe(text)
  }
  expect(readdirSync(folder)).toEqual(['report'])
})

posix('a link stays, and the file behind it changes', async () => {
  writeFileSync(at('real'), 'old')
  symlinkSync('real', at('link'))
  await writeWhole(at('link'), 'new')
  expect(lstatSync(at('link')).isSymbolicLink()).toBe(true)
  expect(readFileSync(at('real'), 'utf8')).toBe('new')
})

posix('a pipe is written to and not replaced', async () => {
  execFileSync('mkfifo', [at('pipe')])
  const read = readFile(at('pipe'), 'utf8')
  await requireWritable(at('pipe'))
  await writeWhole(at('pipe'), 'through')
  expect(await read).toBe('through')
  expect(lstatSync(at('pipe')).isFIFO()).toBe(true)
})

describe.each([
  ['requireWritable', requireWritable],
  ['writeWhole', (file: string) => writeWhole(file, 'text')],
])('%s', (_, work) => {
  test('says that there is no folder', async () => {
    const error = { code: 'ERR_FILE', message: expect.stringMatching(/no such folder$/) }
    await expect(work(at('nowhere/report'))).rejects.toMatchObject(error)
  })

  test('says that a file is no folder', async () => {
    writeFileSync(at('file'), 'text')
    const error = { code: 'ERR_FILE', message: expect.stringMatching(/no such folder$/) }
    await expect(work(at('file/report'))).rejects.toMatchObject(error)
  })

  test('says that something is a folder', async () => {
    mkdirSync(at('inner'))
    const error = { code: 'ERR_FILE', message: expect.stringMatching(/inner.*is a folder$/) }
    await expect(work(at('inner'))).rejects.toMatchObject(error)
    expect(readdirSync(folder)).toEqual(['inner'])
  })
})
