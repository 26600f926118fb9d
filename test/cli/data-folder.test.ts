import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { loadImports } from '../../src/cli/data-folder.ts'
import { foldersOf } from '../../src/cli/folders.ts'
import { encodeImport } from '../../src/stores/import/import-file.ts'

type Env = Readonly<Record<string, string>>

describe('foldersOf', () => {
  it.each<[string, NodeJS.Platform, Env, string | null, string | null]>([
    [
      'Linux',
      'linux',
      { HOME: '/home/li' },
      '/home/li/.local/share/mpcert',
      '/home/li/.cache/mpcert',
    ],
    [
      'Linux with XDG',
      'linux',
      { HOME: '/home/li', XDG_DATA_HOME: '/data', XDG_CACHE_HOME: '/fast' },
      '/data/mpcert',
      '/fast/mpcert',
    ],
    [
      'Linux with XDG that is relative, and so does not count',
      'linux',
      { HOME: '/home/li', XDG_DATA_HOME: 'data', XDG_CACHE_HOME: '' },
      '/home/li/.local/share/mpcert',
      '/home/li/.cache/mpcert',
    ],
    [
      'macOS',
      'darwin',
      { HOME: '/Users/li', XDG_DATA_HOME: '/data' },
      '/Users/li/Library/Application Support/mpcert',
      '/Users/li/Library/Caches/mpcert',
    ],
    [
      'Windows',
      'win32',
      { LOCALAPPDATA: 'C:\\Users\\李\\AppData\\Local' },
      'C:\\Users\\李\\AppData\\Local\\mpcert\\data',
      'C:\\Users\\李\\AppData\\Local\\mpcert\\cache',
    ],
    ['nobody', 'linux', {}, null, null],
    ['nobody on Windows', 'win32', {}, null, null],
    [
      'whoever names others',
      'win32',
      { LOCALAPPDATA: 'C:\\x', MPCERT_DATA_DIR: 'D:\\d', MPCERT_CACHE_DIR: 'D:\\c' },
      'D:\\d',
      'D:\\c',
    ],
    [
      'whoever wants none',
      'linux',
      { HOME: '/h', MPCERT_DATA_DIR: '', MPCERT_CACHE_DIR: '' },
      null,
      null,
    ],
  ])('%s', (_, platform, env, data, cache) => {
    expect(foldersOf({ env, platform })).toEqual({ data, cache })
  })
})

describe('loadImports', () => {
  const folder = async () => {
    const made = await mkdtemp(path.join(tmpdir(), 'mpcert-data-'))
    onTestFinished(() => rm(made, { recursive: true, force: true }))
    return made
  }

  it('finds nothing where there is no folder', async () => {
    expect(await loadImports({ data: null, cache: null })).toEqual([])
    const data = path.join(await folder(), 'none')
    expect(await loadImports({ data, cache: null })).toEqual([])
  })

  it('reads imports and leaves other files alone', async () => {
    const data = await folder()
    const provenance = { source: 'x', sha256: 'f'.repeat(64), date: '2027-01-10' }
    const logs = { kind: 'ct-logs', ...provenance, version: '1', logs: [] } as const
    await writeFile(path.join(data, 'ct-logs.import'), encodeImport(logs))
    await writeFile(path.join(data, 'notes.txt'), 'mine')
    await writeFile(path.join(data, '.ct-logs.import.7.tmp'), 'half')
    expect(await loadImports({ data, cache: null })).toEqual([logs])
  })

  it('names what is damaged, or what is no folder', async () => {
    const data = await folder()
    const file = path.join(data, 'ct-logs.import')
    await writeFile(file, 'nonsense')
    await expect(loadImports({ data, cache: null })).rejects.toThrow(`${file} is damaged`)
    await expect(loadImports({ data: file, cache: null })).rejects.toThrow(/is no folder/)
  })
})
