/** A Node of another release and its OpenSSL: the package of the registry that holds its binary. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { unpack, unpackPackage } from './npm-package.ts'

/** Path of the binary. @throws what npm says, where it cannot be had */
export function installNode(version: string): string {
  const folder = unpackPackage(`node-${process.platform}-${process.arch}`, version)
  // The oldest packages hold the archive of the release.
  const archive = readdirSync(folder).find(file => file.endsWith('.tar.gz'))
  const home = path.join(folder, archive?.replace(/\.tar\.gz$/, '') ?? '')
  if (archive && !existsSync(home)) unpack(path.join(folder, archive), folder)
  return path.join(home, 'bin/node')
}
