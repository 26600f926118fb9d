/** PKCS#12 (RFC 7292): the certificates and keys of a file that a password locks, octet for octet. */
import { createHmac } from 'node:crypto'
import { equal, fromBinary, toBinary } from '../bytes.ts'
import { loadForge } from '../libraries.ts'
import type { ContainerEntry } from './container.ts'
import { constructedContextTag, contextTag, type DerNode, readDer, TAG } from './der.ts'
import { CONTENT_TYPE_OID } from './oids.ts'
import { decrypt, requireModest } from './pbe.ts'

/** Whether this is a PFX: a SEQUENCE that begins with version 3. */
export function isPkcs12(node: DerNode): boolean {
  if (node.tag !== TAG.sequence) return false
  const version = node.children().optional('version', TAG.integer)
  return version?.length === 1 && version.content[0] === 3
}

/** Null where the password is wrong. Keys are decrypted. Throws a DecodeError. */
export async function openPkcs12(
  der: Uint8Array,
  password: string,
): Promise<readonly ContainerEntry[] | null> {
  const pfx = readDer(der, 'pkcs12', TAG.sequence).children()
  pfx.next('version', TAG.integer)
  const authSafe = pfx.next('authSafe', TAG.sequence)
  const content = contentOf(authSafe, DATA)
  const mac = pfx.optional('macData', TAG.sequence)
  const octets = content.inner('content', TAG.octetString).content
  if (mac && !(await fits(mac, octets, password))) return null
  const entries: ContainerEntry[] = []
  const safes = readDer(octets, 'authSafe', TAG.sequence).children().rest()
  for (const safe of safes) {
    const contents = await openSafe(safe, password)
    const opened = contents && (await readBags(contents, password))
    if (!opened) return null
    entries.push(...opened)
  }
  return entries
}

const DATA: string = CONTENT_TYPE_OID.data
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6'
const MAX_DEPTH = 4

const BAG = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
  safeContents: '1.2.840.113549.1.12.10.1.6',
} as const

const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1'

/** The EXPLICIT content of a ContentInfo, which must be of that type. */
function contentOf(info: DerNode, type: string): DerNode {
  const fields = info.children()
  const found = fields.next('contentType', TAG.oid)
  if (found.oid() !== type) found.fail(`content of type ${found.oid()}`)
  return fields.next('content', constructedContextTag(0))
}

/** SafeContents, DER; null where the password is wrong. */
async function openSafe(info: DerNode, password: string): Promise<Uint8Array | null> {
  const type = info.children().next('contentType', TAG.oid).oid()
  if (type === DATA) return contentOf(info, DATA).inner('content', TAG.octetString).content
  const encrypted = contentOf(info, ENCRYPTED_DATA).inner('encryptedData', TAG.sequence).children()
  encrypted.next('version', TAG.integer)
  const fields = encrypted.next('encryptedContentInfo', TAG.sequence).children()
  fields.next('contentType', TAG.oid)
  const algorithm = fields.next('algorithm', TAG.sequence)
  const ciphertext = fields.next('encryptedContent', contextTag(0)).content
  return decrypt(algorithm, ciphertext, password)
}

async function readBags(
  contents: Uint8Array,
  password: string,
  depth = 0,
): Promise<readonly ContainerEntry[] | null> {
  const entries: ContainerEntry[] = []
  for (const bag of readDer(contents, 'safeContents', TAG.sequence).children().rest()) {
    const fields = bag.children()
    const type = fields.next('bagId', TAG.oid).oid()
    const value = fields.next('bagValue', constructedContextTag(0))
    if (type === BAG.safeContents && depth < MAX_DEPTH) {
      const inner = await readBags(value.inner('safeContents').raw, password, depth + 1)
      if (!inner) return null
      entries.push(...inner)
    } else if (type === BAG.certificate) entries.push(...certificateOf(value))
    else if (type === BAG.key) entries.push(keyEntry(value.inner('key', TAG.sequence).raw))
    else if (type === BAG.shroudedKey) {
      const [algorithm, ciphertext] = value.inner('key', TAG.sequence).children().rest()
      const key =
        algorithm && ciphertext && (await decrypt(algorithm, ciphertext.content, password))
      if (!key) return null
      entries.push(keyEntry(key))
    }
  }
  return entries
}

/** Certificates of other kinds (SDSI) are passed over. */
function certificateOf(value: DerNode): readonly ContainerEntry[] {
  const fields = value.inner('certBag', TAG.sequence).children()
  if (fields.next('certId', TAG.oid).oid() !== X509_CERTIFICATE) return []
  const octets = fields.next('certValue', constructedContextTag(0)).inner('der', TAG.octetString)
  return [{ kind: 'certificate', label: 'CERTIFICATE', der: octets.content, line: null, pem: null }]
}

function keyEntry(der: Uint8Array): ContainerEntry {
  return { kind: 'private-key', label: 'PRIVATE KEY', der, line: null, pem: null }
}

const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** Identifies a key for integrity (RFC 7292 appendix B.3). */
const MAC_KEY = 3

/** Whether the password is that of the file, as its MAC tells; a MAC of another kind (RFC 9579) tells nothing. */
async function fits(macData: DerNode, octets: Uint8Array, password: string): Promise<boolean> {
  const fields = macData.children()
  const digestInfo = fields.next('mac', TAG.sequence).children()
  const algorithm = digestInfo.next('algorithm', TAG.sequence).children()
  const hash = HASHES[algorithm.next('algorithm', TAG.oid).oid()]
  const digest = digestInfo.next('digest', TAG.octetString).content
  const salt = fields.next('salt', TAG.octetString).content
  const rounds = fields.optional('iterations', TAG.integer)
  if (!hash) return true
  requireModest(rounds ?? undefined)
  const forge = await loadForge()
  const md = forge.md.algorithms[hash as keyof typeof forge.md.algorithms].create()
  const key = forge.pkcs12.generateKey(
    password,
    forge.util.createBuffer(toBinary(salt)),
    MAC_KEY,
    rounds?.smallInteger() ?? 1,
    digest.length,
    md,
  )
  const mac = createHmac(hash, fromBinary(key.getBytes())).update(octets).digest()
  return equal(mac, digest)
}
