/** MySQL and MariaDB: the server greets with what it can do, the client asks for TLS and begins it at once. */
import { Reader, Writer } from '../bytes.ts'
import { DecodeError } from '../errors.ts'
import { foreign, notOffered, type Starttls } from '../starttls.ts'

const GREETING_VERSION = 10
const ERROR_PACKET = 0xff
const CLIENT_PROTOCOL_41 = 0x200
const CLIENT_SSL = 0x800
const CLIENT_SECURE_CONNECTION = 0x8000
const MAX_PACKET = 0x1000000
const UTF8 = 33
const MAX_GREETING = 4096

const protocol: Starttls = {
  title: 'MySQL',
  port: 3306,
  source: 'https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html',
  async begin(talk) {
    const header = await talk.take(4)
    const [low = 0, middle = 0, high = 0, sequence] = header
    const length = low | (middle << 8) | (high << 16)
    const seen = Buffer.from(header).toString('latin1')
    if (length > MAX_GREETING || sequence !== 0) throw talk.error(foreign(this.title, seen))
    const greeting = await talk.take(length)
    if (greeting[0] === ERROR_PACKET)
      throw talk.error(notOffered(this.title, Buffer.from(greeting.subarray(3)).toString('latin1')))
    const capabilities = readCapabilities(greeting)
    if (capabilities === null) throw talk.error(foreign(this.title, seen))
    if ((capabilities & CLIENT_SSL) === 0) throw talk.error(notOffered(this.title))
    talk.send(sslRequest())
  },
}

export default protocol

/** The lower sixteen flags of a greeting of version 10; null where it is none. */
function readCapabilities(greeting: Uint8Array): number | null {
  const reader = new Reader(greeting, 'greeting')
  try {
    if (reader.u8() !== GREETING_VERSION) return null
    while (reader.u8() !== 0);
    // Connection id, the first part of the challenge, and a filler.
    reader.take(4 + 8 + 1)
    const [low = 0, high = 0] = reader.take(2)
    return low | (high << 8)
  } catch (error) {
    if (error instanceof DecodeError) return null
    throw error
  }
}

/** A login that ends before the user name. All numbers are little-endian. */
function sslRequest(): Uint8Array {
  const flags = CLIENT_PROTOCOL_41 | CLIENT_SSL | CLIENT_SECURE_CONNECTION
  const body = Buffer.alloc(32)
  body.writeUInt32LE(flags, 0)
  body.writeUInt32LE(MAX_PACKET, 4)
  body.writeUInt8(UTF8, 8)
  return new Writer()
    .push(Uint8Array.of(body.length, 0, 0, 1))
    .push(body)
    .bytes()
}
