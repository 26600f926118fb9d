/** A package of the registry that nothing here depends on, unpacked once. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const CACHE = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url))

/** The folder with its package.json. @throws what npm says, where it cannot be had */
export function unpackPackage(name: string, version: string): string {
  const home = path.join(CACHE, `${name.replace(/[@/]+/g, '-')}-${version}`)
  if (existsSync(home)) return home
  mkdirSync(CACHE, { recursive: true })
  const folder = mkdtempSync(path.join(CACHE, 'unpack-'))
  try {
    const pack = ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder]
    const archive = execFileSync('npm', pack, { encoding: 'utf8' }).trim()
    unpack(path.join(folder, archive), folder)
    renameSync(path.join(folder, 'package'), home)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return home
}

export function unpack(archive: string, folder: string): void {
  execFileSync('tar', ['-xzf', archive, '-C', folder])
}
