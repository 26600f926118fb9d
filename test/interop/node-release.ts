/** A Node of another release, with the OpenSSL of its day: the package of the registry that holds its binary, unpacked once. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
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
    execFileSync('tar', ['-xzf', path.join(folder, archive), '-C', folder, 'package/bin/node'])
    renameSync(path.join(folder, 'package/bin/node'), binary)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return binary
}
