/** A Node of another release and its OpenSSL: the package of the registry that holds its binary, unpacked once. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const CACHE = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url))

/** Path of the binary. @throws what npm says, where it cannot be had */
export function installNode(version: string): string {
  const name = `node-${process.platform}-${process.arch}`
  const binary = path.join(CACHE, `${name}-${version}`)
  if (existsSync(binary)) return binary
  mkdirSync(CACHE, { recursive: true })
  const folder = mkdtempSync(path.join(CACHE, 'unpack-'))
  try {
    const pack = ['pack', `${name}@${version}`, '--silent', '--pack-destination', folder]
    const archive = execFileSync('npm', pack, { encoding: 'utf8' }).trim()
    const unpack = (file: string) => execFileSync('tar', ['-xzf', file, '-C', folder])
    unpack(path.join(folder, archive))
    // The oldest packages hold the archive of the release.
    const inner = readdirSync(path.join(folder, 'package')).find(file => file.endsWith('.tar.gz'))
    if (inner) unpack(path.join(folder, 'package', inner))
    const home = inner ? inner.replace(/\.tar\.gz$/, '') : 'package'
    renameSync(path.join(folder, home, 'bin/node'), binary)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return binary
}
