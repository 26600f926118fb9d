/** Certificates as files, for servers not written here; the folder goes with the test. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { keyUsage } from '../../src/x509/extension-builders.ts'
import type { Issued } from '../../src/x509/issue.ts'
import type { KeyUsageBit } from '../../src/x509/key-extensions.ts'
import { encodePem } from '../../src/x509/pem.ts'
import type { KeyKind } from '../../src/x509/signing-key.ts'
import { makeCa, makeLeaf, testKey } from '../helpers/certs.ts'

export const HOST = 'interop.example'

const root = makeCa('Interop Root')
const upper = makeCa('Interop CA 1', { issuer: root })
const lower = makeCa('Interop CA 2', { issuer: upper })

/** What a server sends behind its leaf. */
export const CHAINS = {
  none: [],
  'one CA': [upper],
  'two CAs': [lower, upper],
  'the wrong way round': [upper, lower],
  'root and all': [lower, upper, root],
  'one of them twice': [lower, lower, upper],
} as const satisfies Readonly<Record<string, readonly Issued[]>>

export type ChainName = keyof typeof CHAINS

export interface Folder {
  readonly path: string
  readonly root: string
  write(name: string, text: string): string
  /** Files of a leaf and what goes with it; the same ones each time. */
  identity(kind: KeyKind, chain?: ChainName): IdentityFiles
}

export interface IdentityFiles {
  readonly leaf: string
  readonly issuers: string
  /** Leaf and issuers in one. */
  readonly chain: string
  readonly key: string
}

/** Its key may be used for that alone. */
export function leafFor(kind: KeyKind, use: KeyUsageBit): Issued {
  return makeLeaf([HOST], { key: testKey(kind), extensions: [keyUsage(use)] })
}

export function makeFolder(): Folder {
  const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-interop-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const write = (name: string, text: string) => {
    const file = path.join(folder, name)
    writeFileSync(file, text)
    return file
  }
  const identities = new Map<string, IdentityFiles>()
  return {
    path: folder,
    root: write('root.pem', encodePem(root.der)),
    write,
    identity(kind, chain = 'one CA') {
      const name = `${kind}.${chain.replaceAll(' ', '-')}`
      const known = identities.get(name)
      if (known) return known
      const issuers = CHAINS[chain]
      const key = testKey(kind)
      const issuer = chain === 'none' || chain === 'one CA' ? upper : lower
      const leaf = makeLeaf([HOST], { key, issuer })
      const pem = (list: readonly Issued[]) => list.map(({ der }) => encodePem(der)).join('')
      const files = {
        leaf: write(`${name}.leaf.pem`, pem([leaf])),
        issuers: write(`${name}.issuers.pem`, pem(issuers)),
        chain: write(`${name}.chain.pem`, pem([leaf, ...issuers])),
        key: write(
          `${name}.key.pem`,
          key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        ),
      }
      identities.set(name, files)
      return files
    },
  }
}
