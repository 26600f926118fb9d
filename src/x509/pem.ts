/** PEM (RFC 7468): text around and between the blocks, CRLF and headers of old are all taken. */
import { fromBase64, toBase64 } from '../bytes.ts'
import { DecodeError } from '../errors.ts'

export interface PemBlock {
  /** What stands between the dashes, such as `CERTIFICATE`. */
  readonly label: string
  readonly der: Uint8Array
  /** Line of its BEGIN, from 1. */
  readonly line: number
  /** It has headers (RFC 1421), as old encrypted keys do: then `der` is no DER. */
  readonly encrypted: boolean
  /** From BEGIN to END. */
  readonly text: string
}

const MAX_BLOCKS = 10_000
const BEGIN = /-----BEGIN ([A-Z0-9 #.]{1,64})-----/g

/** All blocks in order. Throws a DecodeError that says where a block is broken. */
export function decodePem(text: string): PemBlock[] {
  const blocks: PemBlock[] = []
  let line = 1
  let counted = 0
  for (const match of text.matchAll(BEGIN)) {
    const fail = (reason: string): never => {
      throw new DecodeError(reason, `pem[${blocks.length}]`, match.index)
    }
    const label = match[1] ?? ''
    if (blocks.length === MAX_BLOCKS) fail(`more than ${MAX_BLOCKS} blocks`)
    line += countLines(text.slice(counted, match.index))
    const start = match.index + match[0].length
    const end = text.indexOf('-----', start)
    const endLine = `-----END ${label}-----`
    if (end < 0 || !text.startsWith(endLine, end)) fail(`${label} has no END line`)
    const body = text.slice(start, end)
    const encrypted = body.includes(':')
    const block = `${match[0]}${body}${endLine}\n`
    blocks.push({ label, der: decodeBody(body, encrypted, fail), line, encrypted, text: block })
    counted = end
    line += countLines(body)
  }
  return blocks
}

/** One block, lines of 64 characters, with a final newline. */
export function encodePem(der: Uint8Array, label = 'CERTIFICATE'): string {
  const lines = toBase64(der).match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

function decodeBody(body: string, encrypted: boolean, fail: (reason: string) => never): Uint8Array {
  const base64 = (encrypted ? afterHeaders(body) : body).replace(/\s+/g, '')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) fail('something that is not base64')
  if (base64.length % 4 !== 0) fail('base64 is cut off')
  if (base64 === '') fail('block is empty')
  return fromBase64(base64)
}

/** Headers end with an empty line. */
function afterHeaders(body: string): string {
  const end = /\r?\n[ \t]*\r?\n/.exec(body.trimStart())
  return end ? body.trimStart().slice(end.index) : body
}

function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
