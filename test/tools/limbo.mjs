// Makes test/conformance/limbo.jsonl and limbo.br of a suite in the form of C2SP x509-limbo (Apache-2.0).
//
//   node test/tools/limbo.mjs SUITE.json DATE
//
// DATE is when the suite was made: cases without a time of their own are judged then. limbo.br holds every certificate
// and CRL once, one after the other; the header of limbo.jsonl has their sizes, and each case their numbers.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import zlib from 'node:zlib'

const [file, date] = process.argv.slice(2)
if (file === undefined || Number.isNaN(Date.parse(date))) {
  console.error('usage: node test/tools/limbo.mjs SUITE.json DATE')
  process.exit(2)
}
const folder = fileURLToPath(new URL('../conformance/', import.meta.url))
const TYPES = { DNS: 'dns', IP: 'ip', RFC822: 'email' }

const numbers = new Map()
const { testcases } = JSON.parse(readFileSync(file, 'utf8'))
const cases = testcases.map(toCase)
const parts = [...numbers.keys()].map(base64 => Buffer.from(base64, 'base64'))
const header = {
  source: 'C2SP x509-limbo',
  license: 'Apache-2.0',
  date,
  sizes: parts.map(part => part.length),
}
const lines = [header, ...cases].map(record => JSON.stringify(record))
writeFileSync(`${folder}limbo.jsonl`, `${lines.join('\n')}\n`)
writeFileSync(`${folder}limbo.br`, zlib.brotliCompressSync(Buffer.concat(parts)))
console.log(`${cases.length} cases, ${parts.length} certificates and CRLs`)

/** What a case asks; what is left out is not asked. */
function toCase(testcase) {
  const name = testcase.expected_peer_name
  return {
    id: testcase.id,
    ok: testcase.expected_result === 'SUCCESS',
    purpose: testcase.validation_kind === 'CLIENT' ? 'clientAuth' : 'serverAuth',
    time: testcase.validation_time ?? undefined,
    leaf: toNumber(testcase.peer_certificate),
    intermediates: testcase.untrusted_intermediates.map(toNumber),
    anchors: testcase.trusted_certs.map(toNumber),
    crls: filled(testcase.crls.map(toNumber)),
    name: name ? toName(name) : undefined,
    peerNames: filled(testcase.expected_peer_names.map(toName)),
    keyUsage: filled(testcase.key_usage),
    extendedKeyUsage: filled(testcase.extended_key_usage),
    signatureAlgorithms: filled(testcase.signature_algorithms),
    maxChainDepth: testcase.max_chain_depth ?? undefined,
  }
}

function toName({ kind, value }) {
  return { type: TYPES[kind], value }
}

function filled(list) {
  return list.length > 0 ? list : undefined
}

function toNumber(pem) {
  const base64 = /-----BEGIN [^-]+-----([^-]+)-----END/.exec(pem)[1].replace(/\s+/g, '')
  const number = numbers.get(base64) ?? numbers.size
  numbers.set(base64, number)
  return number
}
