// Makes the trust stores' files in src/stores: versions.jsonl, roots.jsonl, roots.br.
//
//   node test/tools/roots.mjs [--membership FILE] [--folder DIR] [SOURCE...]
//
// A SOURCE is a file or folder that holds certificates as PEM text: CA bundles, .crt files, and programs that carry
// their roots as text, such as every release of Node. Certificates are only ever added: what the files hold already
// stays, and each one is verified by SHA-256 against the table. --membership takes a new table in the form
// {generated, stores: {name: [version...]}, roots: {sha256: {cn, subject, spki_sha256, in: {name: [[since, until]]}}}}.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import zlib from 'node:zlib'
import { importSources } from './bundle.mjs'
import { readMembership } from './roots/membership.mjs'
import { rfc4514ToKey } from './roots/name.mjs'

const [{ subjectHash }, { parseCertificate }] = await importSources(
  'stores/subject-hash.ts',
  'x509/certificate.ts',
)
const standing = fileURLToPath(new URL('../../src/stores', import.meta.url))
const { values, positionals } = parseArgs({
  options: { membership: { type: 'string' }, folder: { type: 'string', default: standing } },
  allowPositionals: true,
})
const folder = `${values.folder}${path.sep}`
/** What is unpacked at once, for the sake of one root. */
const LINES_PER_BLOCK = 32

const known = readPool()
const table = values.membership
  ? readMembership(JSON.parse(readFileSync(values.membership, 'utf8')))
  : { verified: known.verified, versions: known.versions, roots: known.roots }
const found = new Map(known.certificates)
for (const source of positionals) collect(source)
write()

function readPool() {
  if (!existsSync(`${folder}roots.jsonl`)) return { certificates: [] }
  const [{ verified }, ...versions] = readLines('versions.jsonl')
  const [, ...roots] = readLines('roots.jsonl')
  const bytes = unpack(readFileSync(`${folder}roots.br`))
  const certificates = []
  let offset = 0
  for (const { sha256, size = 0 } of roots) {
    if (size > 0) certificates.push([sha256, bytes.subarray(offset, offset + size)])
    offset += size
  }
  return { verified, versions, roots, certificates }
}

function unpack(file) {
  const pools = []
  for (let offset = 0; offset < file.length; ) {
    const end = offset + 4 + file.readUInt32BE(offset)
    pools.push(zlib.brotliDecompressSync(file.subarray(offset + 4, end)))
    offset = end
  }
  return Buffer.concat(pools)
}

function readLines(name) {
  return readFileSync(folder + name, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line))
}

function collect(source) {
  if (statSync(source).isDirectory()) {
    for (const name of readdirSync(source)) collect(path.join(source, name))
    return
  }
  const text = readFileSync(source).toString('latin1')
  for (const [, base64] of text.matchAll(/-----BEGIN CERTIFICATE-----([\w+/=\s]+?)-----END/g)) {
    const der = Buffer.from(base64, 'base64')
    found.set(sha256(der), der)
  }
}

function write() {
  const roots = table.roots
    .map(complete)
    .sort((a, b) => compare(a.name, b.name) || compare(a.sha256, b.sha256))
  const blocks = []
  for (let line = 0; line < roots.length; line += LINES_PER_BLOCK) {
    const drawn = roots.slice(line, line + LINES_PER_BLOCK).filter(root => root.size)
    const block = pack(Buffer.concat(drawn.map(root => found.get(root.sha256))))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(block.length)
    blocks.push(length, block)
  }
  const packed = Buffer.concat(blocks)
  writeFileSync(`${folder}roots.br`, packed)
  writeLines('versions.jsonl', [{ verified: table.verified }, ...table.versions])
  const header = { verified: table.verified, linesPerBlock: LINES_PER_BLOCK }
  writeLines('roots.jsonl', [header, ...roots])
  const drawn = roots.filter(root => root.size)
  console.log(`${roots.length} roots, ${drawn.length} with bytes: ${packed.length} bytes packed`)
}

function pack(pool) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = zlib.constants
  return zlib.brotliCompressSync(pool, {
    params: {
      [BROTLI_PARAM_QUALITY]: 11,
      [BROTLI_PARAM_LGWIN]: 20,
      [BROTLI_PARAM_SIZE_HINT]: pool.length,
    },
  })
}

/** The table's root with what its certificate adds; throws where the two disagree. */
function complete({ size, subjectHash: _, ...root }) {
  const der = found.get(root.sha256)
  const fromText = subjectHash(rfc4514ToKey(root.subject))
  if (!der || !isWorthItsBytes(root)) return { ...root, subjectHash: fromText }
  if (sha256(der) !== root.sha256) throw new Error(`${root.name}: the pool is damaged`)
  const certificate = parseCertificate(der)
  if (certificate.spkiSha256 !== root.spki) throw new Error(`${root.name}: another key`)
  const hash = subjectHash(certificate.subject.key)
  if (hash !== fromText) console.error(`${root.name}: subject text reads as another name`)
  const signature = certificate.signatureAlgorithm.hash
  return { ...root, signature, subjectHash: hash, size: der.length }
}

/** What Windows alone lists, and not for TLS, is known by its hashes: nobody will draw it. */
function isWorthItsBytes(root) {
  return root.microsoftTls === true || Object.keys(root.in).some(store => store !== 'microsoft')
}

function writeLines(name, records) {
  writeFileSync(folder + name, `${records.map(record => JSON.stringify(record)).join('\n')}\n`)
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}
