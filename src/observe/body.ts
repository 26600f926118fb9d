/** What a body looks like to a Mini Program, in a few facts: the body itself may be private and is not kept. */
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib'
import type { Body } from '../observation/web.ts'

export interface RawBody {
  readonly bytes: Uint8Array
  readonly end: Body['end']
  /** The header Content-Encoding. */
  readonly encoding: string | null
}

/** Packed bodies may grow to this. */
const MAX_UNPACKED = 8 << 20
/** Where a document declares its charset (HTML Standard, prescan). */
const PRESCAN = 1024
const MAX_BOMS = 16

export function describeBody({ bytes: received, end, encoding }: RawBody): Body {
  const bytes = unpack(received, encoding)
  if (!bytes)
    return {
      bytes: received.length,
      end,
      boms: 0,
      charset: null,
      invalidAt: null,
      looksLike: 'packed',
    }
  const boms = countBoms(bytes)
  const start = Buffer.from(bytes.subarray(boms * 3, boms * 3 + PRESCAN)).toString('latin1')
  const utf16 = /^(?:\xff\xfe|\xfe\xff)/.test(start)
  return {
    bytes: bytes.length,
    end,
    boms,
    charset: utf16 ? 'utf-16' : declaredCharset(start),
    invalidAt: firstInvalid(bytes, end === 'complete'),
    looksLike: lookOf(start, utf16),
  }
}

const UNPACK: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: bytes => gunzipSync(bytes, LENIENT),
  'x-gzip': bytes => gunzipSync(bytes, LENIENT),
  deflate: bytes => inflateSync(bytes, LENIENT),
  br: bytes =>
    brotliDecompressSync(bytes, {
      maxOutputLength: MAX_UNPACKED,
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
    }),
}
/** What was read may end early. */
const LENIENT = { maxOutputLength: MAX_UNPACKED, finishFlush: constants.Z_SYNC_FLUSH }

/** Null where it is packed in a way that cannot be undone here. */
function unpack(bytes: Uint8Array, encoding: string | null): Uint8Array | null {
  const name = encoding?.trim().toLowerCase() ?? ''
  if (name === '' || name === 'identity' || bytes.length === 0) return bytes
  try {
    return UNPACK[name]?.(bytes) ?? null
  } catch {
    // zlib throws its own errors for whatever is no such stream.
    return null
  }
}

function countBoms(bytes: Uint8Array): number {
  let count = 0
  const isBom = (at: number) =>
    bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf
  while (count < MAX_BOMS && isBom(count * 3)) count++
  return count
}

function declaredCharset(start: string): string | null {
  const found =
    /^\s*<\?xml[^>]*\sencoding=["']([\w.:-]+)/i.exec(start) ??
    /<meta[^>]+charset=["']?\s*([\w.:-]+)/i.exec(start)
  return found?.[1]?.toLowerCase() ?? null
}

function lookOf(start: string, utf16: boolean): Body['looksLike'] {
  if (start === '') return 'empty'
  if (/^\s*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html)\b/i.test(start)) return 'html'
  return start.includes('\0') && !utf16 ? 'binary' : 'text'
}

/** The longest good start is searched by halves; a character that is cut off at the end counts only in a whole body. */
function firstInvalid(bytes: Uint8Array, isWhole: boolean): number | null {
  if (isUtf8(bytes, isWhole)) return null
  let [good, bad] = [0, bytes.length]
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isUtf8(bytes.subarray(0, middle), false)) good = middle
    else bad = middle
  }
  return bad - 1
}

function isUtf8(bytes: Uint8Array, isWhole: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !isWhole })
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}
