/** Reads a ClientHello back into the form of shapes.ts. It shares no code with the encoder but the byte reader. */
import { Reader } from '../../src/bytes.ts'
import { isGrease } from '../../src/wire/names.ts'
import type { Shape } from './shapes.ts'

/** `message` is the handshake message, without its record. */
export function decodeShape(message: Uint8Array): Shape {
  const reader = new Reader(message, 'hello')
  reader.take(4 + 2 + 32)
  const sessionIdLength = reader.vector(1, 'sessionId').rest().length
  const suites = codes(reader.vector(2, 'suites'))
  reader.vector(1, 'compression')
  const extensions = decodeExtensions(reader.vector(2, 'extensions'))
  reader.end()
  const body = (type: number) => new Reader(extensions.get(type) ?? new Uint8Array(3), `${type}`)
  return {
    serverName: Buffer.from(body(0).rest().subarray(5)).toString() || null,
    bytes: 5 + message.length,
    sessionIdLength,
    versions: codes(body(43).vector(1, 'versions')),
    suites,
    groups: codes(body(10).vector(2, 'groups')),
    keyShares: shareGroups(body(51).vector(2, 'shares')),
    schemes: codes(body(13).vector(2, 'schemes'), 'grease'),
    alpn: names(body(16).vector(2, 'protocols')),
    extensions: [...extensions].map(([type, { length }]) => `${label(type)}:${length}`).join(' '),
  }
}

function decodeExtensions(reader: Reader): Map<number, Uint8Array> {
  const extensions = new Map<number, Uint8Array>()
  while (!reader.done) {
    const type = reader.u16()
    if (extensions.has(type)) reader.fail(`extension ${type} comes twice`)
    extensions.set(type, reader.vector(2, 'body').rest())
  }
  return extensions
}

function label(type: number): string {
  return isGrease(type) ? 'grease' : String(type)
}

function codes(reader: Reader, grease = ''): string {
  const list: string[] = []
  while (reader.remaining >= 2) {
    const code = reader.u16()
    list.push(isGrease(code) ? grease : code.toString(16).padStart(4, '0'))
  }
  return list.filter(Boolean).join(' ')
}

function shareGroups(reader: Reader): string {
  const list: number[] = []
  while (!reader.done) {
    list.push(reader.u16())
    reader.vector(2, 'share')
  }
  return list
    .filter(group => !isGrease(group))
    .map(group => group.toString(16).padStart(4, '0'))
    .join(' ')
}

function names(reader: Reader): string {
  const list: string[] = []
  while (reader.remaining > 1) list.push(Buffer.from(reader.vector(1, 'name').rest()).toString())
  return list.filter(Boolean).join(' ')
}
