/** PKCS#12 (RFC 7292): the certificates and keys of a file that a password locks, octet for octet. */
import { createHmac, hash } from 'node:crypto'
import { concat, equal } from '../bytes.ts'
import { berToDer, joinOctets } from './ber.ts'
import type { ContainerEntry } from './container.ts'
import { constructedContextTag, contextTag, type DerNode, readDer, TAG } from './der.ts'
import { CONTENT_TYPE_OID } from './oids.ts'
import { decrypt, requireModest } from './pbe.ts'

/** Whether this is a PFX, in DER or BER: a SEQUENCE that begins with version 3. */
export function isPkcs12(bytes: Uint8Array): boolean {
  const [tag, length = 0] = bytes
  const header = length < 0x80 ? 2 : 2 + (length & 0x7f)
  const version = bytes.subarray(header, header + 3)
  return tag === TAG.sequence && equal(version, Uint8Array.of(TAG.integer, 1, 3))
}

/** Null where the password is wrong. Keys are decrypted. Throws a DecodeError. */
export async function openPkcs12(
  bytes: Uint8Array,
  password: string,
): Promise<readonly ContainerEntry[] | null> {
  const pfx = readBer(bytes, 'pkcs12').children()
  pfx.next('version', TAG.integer)
  const authSafe = pfx.next('authSafe', TAG.sequence)
  const content = contentOf(authSafe, DATA)
  const mac = pfx.optional('macData', TAG.sequence)
  const octets = content.inner('content', TAG.octetString).content
  if (mac && !fits(mac, octets, password)) return null
  const entries: ContainerEntry[] = []
  const safes = readBer(octets, 'authSafe').children().rest()
  for (const safe of safes) {
    const contents = await openSafe(safe, password)
    const opened = contents && (await readBags(contents, password))
    if (!opened) return null
    entries.push(...opened)
  }
  return entries
}

/** A SEQUENCE, as Firefox and its kin write it too: each layer is encoded on its own. */
function readBer(bytes: Uint8Array, name: string): DerNode {
  return readDer(berToDer(bytes, name), name, TAG.sequence)
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

/** SafeContents; null where the password is wrong. */
async function openSafe(info: DerNode, password: string): Promise<Uint8Array | null> {
  const type = info.children().next('contentType', TAG.oid).oid()
  if (type === DATA) return contentOf(info, DATA).inner('content', TAG.octetString).content
  const encrypted = contentOf(info, ENCRYPTED_DATA).inner('encryptedData', TAG.sequence).children()
  encrypted.next('version', TAG.integer)
  const fields = encrypted.next('encryptedContentInfo', TAG.sequence).children()
  fields.next('contentType', TAG.oid)
  const algorithm = fields.next('algorithm', TAG.sequence)
  const octets = fields.next('encryptedContent')
  if (octets.tag === contextTag(0)) return decrypt(algorithm, octets.content, password)
  if (octets.tag !== constructedContextTag(0)) octets.fail('no encrypted content')
  return decrypt(algorithm, joinOctets(octets.children().rest(TAG.octetString)), password)
}

async function readBags(
  contents: Uint8Array,
  password: string,
  depth = 0,
): Promise<readonly ContainerEntry[] | null> {
  const entries: ContainerEntry[] = []
  for (const bag of readBer(contents, 'safeContents').children().rest()) {
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

/** Whether the password is that of the file, as its MAC tells; a MAC of another kind (RFC 9579) tells nothing. */
function fits(macData: DerNode, octets: Uint8Array, password: string): boolean {
  const fields = macData.children()
  const digestInfo = fields.next('mac', TAG.sequence).children()
  const algorithm = digestInfo.next('algorithm', TAG.sequence).children()
  const known = HASHES[algorithm.next('algorithm', TAG.oid).oid()]
  const digest = digestInfo.next('digest', TAG.octetString).content
  const salt = fields.next('salt', TAG.octetString).content
  const rounds = fields.optional('iterations', TAG.integer)
  if (!known) return true
  requireModest(rounds ?? undefined)
  const key = macKey(known, password, salt, rounds?.smallInteger() ?? 1)
  return equal(createHmac(known.name, key).update(octets).digest(), digest)
}

interface Hash {
  readonly name: string
  /** Of what it takes in at once, in bytes. */
  readonly blockLength: number
}

const HASHES: Readonly<Record<string, Hash>> = {
  '1.3.14.3.2.26': { name: 'sha1', blockLength: 64 },
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', blockLength: 64 },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', blockLength: 128 },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', blockLength: 128 },
}

/** Marks a key for integrity (RFC 7292 appendix B.3). */
const MAC_KEY = 3

/** One hash long, so that one block of RFC 7292 appendix B.2 makes it. */
function macKey(
  { name, blockLength }: Hash,
  password: string,
  salt: Uint8Array,
  rounds: number,
): Uint8Array {
  const secret = Buffer.from(`${password}\0`, 'utf16le').swap16()
  const parts = [salt, secret].map(part =>
    fill(part, Math.ceil(part.length / blockLength) * blockLength),
  )
  let key = concat([new Uint8Array(blockLength).fill(MAC_KEY), ...parts])
  for (let round = 0; round < rounds; round++) key = hash(name, key, 'buffer')
  return key
}

/** The part again and again, to this length. */
function fill(part: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => part[at % part.length] ?? 0)
}
