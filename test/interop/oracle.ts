/** What `openssl s_client` sees of a server when it offers what one of our hellos offers. */
import { createHash } from 'node:crypto'
import type { Hello } from '../../src/hello.ts'
import { groupName, schemeName, suiteName, VERSIONS } from '../../src/wire/names.ts'
import { HOST, type IdentityFiles } from './pki.ts'
import { runProgram } from './programs.ts'

/** One handshake as far as both programs tell of it; null where there was none. */
export interface Shown {
  readonly protocol: string
  /** IANA name. */
  readonly cipher: string
  readonly group: string | null
  /** Algorithm and hash, such as `RSA-PSS SHA256`; null where the server signs nothing, and before TLS 1.2. */
  readonly signature: string | null
  /** SHA-256 of each certificate, in the order sent. */
  readonly chain: readonly string[]
}

/** Asks the server on that port of loopback; `client` is what is shown where a certificate is asked for. */
export async function askOpenssl(
  port: number,
  { spec }: Hello,
  client: IdentityFiles | null = null,
): Promise<Shown | null> {
  const names = await opensslNames()
  const suites = spec.suites.flatMap(code => names.toOpenssl.get(suiteName(code)) ?? [])
  const isNew = (name: string) => name.startsWith('TLS_')
  const schemes = new Set(spec.signatureSchemes.map(schemeName).flatMap(toSigalg))
  const groups = spec.groups.map(groupName).filter(name => KNOWN_GROUPS.has(name))
  const { min, max } = versionRange(spec.versions)
  const args = [
    ['-connect', `127.0.0.1:${port}`],
    ['-servername', HOST],
    ['-min_protocol', min, '-max_protocol', max],
    ['-cipher', [...suites.filter(name => !isNew(name)), '@SECLEVEL=0'].join(':')],
    suites.some(isNew) ? ['-ciphersuites', suites.filter(isNew).join(':')] : [],
    ['-groups', groups.join(':')],
    schemes.size > 0 ? ['-sigalgs', [...schemes].join(':')] : [],
    spec.alpn.length > 0 ? ['-alpn', spec.alpn.join(',')] : [],
    client ? ['-cert', client.leaf, '-key', client.key] : [],
    ['-showcerts'],
  ]
  return read(await runProgram('openssl', ['s_client', ...args.flat()]), names.toIana)
}

function read(text: string, toIana: ReadonlyMap<string, string>): Shown | null {
  const [, agreed = ''] = /^(?:New|Reused), (?!\(NONE\)).*, Cipher is (\S+)$/m.exec(text) ?? []
  const cipher = toIana.get(agreed)
  if (cipher === undefined) {
    if (/^no peer certificate available|Cipher is \(NONE\)/m.test(text)) return null
    throw new Error(`openssl says neither yes nor no:\n${text}`)
  }
  const protocol = /^\s*Protocol\s*: (\S+)$/m.exec(text)?.[1] ?? 'TLSv1.3'
  const [, key = ''] = /^(?:Server|Peer) Temp Key: (.*), \d+ bits$/m.exec(text) ?? []
  const [, digest] = /^Peer signing digest: (\S+)$/m.exec(text) ?? []
  const [, type] = /^Peer signature type: (\S+)$/m.exec(text) ?? []
  const isNamed = protocol === 'TLSv1.2' || protocol === 'TLSv1.3'
  return {
    protocol,
    cipher,
    group: toGroup(key.replace('ECDH, ', '')),
    signature: type && isNamed ? toSignature(type, digest) : null,
    chain: (text.match(/-----BEGIN CERTIFICATE-----[\w+/=\s]+-----END/g) ?? []).map(sha256),
  }
}

/** Keys of RSA leave no trace, and finite-field ones of TLS 1.2 have no name. */
function toGroup(key: string): string | null {
  return key === '' || key === 'DH' ? null : (GROUPS[key] ?? key)
}

/** Since OpenSSL 3.5 the type is the scheme's own name. */
function toSignature(type: string, digest: string | undefined): string | null {
  if (type.includes('_')) return describeScheme(type)
  return digest === undefined ? type.toLowerCase() : `${type} ${digest}`
}

const GROUPS: Readonly<Record<string, string>> = {
  X25519: 'x25519',
  X448: 'x448',
  prime256v1: 'secp256r1',
  secp384r1: 'secp384r1',
  secp521r1: 'secp521r1',
}

/** A hello's other groups are beyond the openssl of the day, whose servers do not choose them either. */
const KNOWN_GROUPS: ReadonlySet<string> = new Set(Object.values(GROUPS))

/** Our scheme in the words of `s_client`, but for the case of letters in Ed25519 and Ed448. */
export function describeScheme(scheme: string | null): string | null {
  if (scheme === null) return null
  const hash = /_sha(\d+)$/.exec(scheme)?.[1]
  if (hash === undefined) return scheme
  const [, type = ''] = /^(rsa_pss|rsa|ecdsa|dsa)/.exec(scheme) ?? []
  return `${type.toUpperCase().replace('_', '-')} SHA${hash}`
}

/** The scheme as a flag; those of the future are left out. */
function toSigalg(scheme: string): string[] {
  const [, type, hash] = /^(rsa|dsa|ecdsa)_sha(\d+)$/.exec(scheme) ?? []
  if (type && hash) return [`${type.toUpperCase()}+SHA${hash}`]
  if (scheme === 'rsa_pkcs1_sha1') return ['RSA+SHA1']
  return /^(?:rsa|ecdsa|ed)/.test(scheme) ? [scheme] : []
}

function versionRange(versions: readonly number[]): { readonly min: string; readonly max: string } {
  const name = (code: number) => FLAGS.get(code) ?? fail(`no flag for version ${code}`)
  return { min: name(Math.min(...versions)), max: name(Math.max(...versions)) }
}

const FLAGS: ReadonlyMap<number, string> = new Map([
  [VERSIONS['TLS 1.0'], 'TLSv1'],
  [VERSIONS['TLS 1.1'], 'TLSv1.1'],
  [VERSIONS['TLS 1.2'], 'TLSv1.2'],
  [VERSIONS['TLS 1.3'], 'TLSv1.3'],
])

interface Names {
  readonly toOpenssl: ReadonlyMap<string, string>
  readonly toIana: ReadonlyMap<string, string>
}

let namesOnce: Promise<Names> | undefined

/** By openssl's own table: what it leaves out it cannot offer. */
function opensslNames(): Promise<Names> {
  namesOnce ??= runProgram('openssl', [
    'ciphers',
    '-stdname',
    'ALL:COMPLEMENTOFALL:@SECLEVEL=0',
  ]).then(text => {
    const rows = [...text.matchAll(/^(TLS_\S+)\s+- (\S+)/gm)]
    return {
      toOpenssl: new Map(rows.map(([, iana = '', own = '']) => [iana, own])),
      toIana: new Map(rows.map(([, iana = '', own = '']) => [own, iana])),
    }
  })
  return namesOnce
}

function sha256(pem: string): string {
  return createHash('sha256')
    .update(Buffer.from(pem.split('-----')[2] ?? '', 'base64'))
    .digest('hex')
}

function fail(message: string): never {
  throw new Error(message)
}
