/** LDAP: the StartTLS extended operation. */
import { Reader, utf8 } from '../bytes.ts'
import type { Talk } from '../connect/talk.ts'
import { DecodeError } from '../errors.ts'
import { foreign, notOffered, type Starttls } from '../starttls.ts'
import { TAG } from '../x509/der.ts'
import { element, implicit, integer, sequence } from '../x509/der-writer.ts'

const START_TLS = '1.3.6.1.4.1.1466.20037'
const EXTENDED_REQUEST = 0x77
const EXTENDED_RESPONSE = 0x78
const ENUMERATED = 0x0a
const MAX_MESSAGE = 4096

const protocol: Starttls = {
  title: 'LDAP',
  port: 389,
  source: 'RFC 4511 section 4.14',
  async begin(talk) {
    talk.send(sequence(integer(1), element(EXTENDED_REQUEST, implicit(0, utf8(START_TLS)))))
    const [tag = 0] = await talk.take(1)
    if (tag !== TAG.sequence) throw talk.error(foreign(this.title, String.fromCharCode(tag)))
    const message = await talk.take(await readLength(talk, this.title))
    const code = resultCode(message)
    if (code === null)
      throw talk.error(foreign(this.title, Buffer.from(message).toString('latin1')))
    if (code !== 0) throw talk.error(notOffered(this.title, `resultCode ${code}`))
  },
}

export default protocol

/** BER, not DER: Active Directory writes every length in four octets. */
async function readLength(talk: Talk, title: string): Promise<number> {
  const [first = 0] = await talk.take(1)
  const octets = first < 0x80 ? [first] : await talk.take(Math.min(first & 0x7f, 4))
  const length = [...octets].reduce((sum, octet) => sum * 256 + octet, 0)
  if (length > MAX_MESSAGE || first > 0x84) throw talk.error(foreign(title, ''))
  return length
}

/** Of an ExtendedResponse; null where it is none. */
function resultCode(message: Uint8Array): number | null {
  const reader = new Reader(message, 'ldap')
  try {
    const id = contentOf(reader, TAG.integer)
    const response = id && contentOf(reader, EXTENDED_RESPONSE)
    const code = response && contentOf(new Reader(response, 'ldap'), ENUMERATED)
    return code?.length === 1 ? (code[0] ?? null) : null
  } catch (error) {
    if (error instanceof DecodeError) return null
    throw error
  }
}

/** The content of the next element, where it has this tag. */
function contentOf(reader: Reader, tag: number): Uint8Array | null {
  const found = reader.u8()
  const first = reader.u8()
  const octets = first < 0x80 ? [first] : reader.take(first & 0x7f)
  const content = reader.take([...octets].reduce((sum, octet) => sum * 256 + octet, 0))
  return found === tag ? content : null
}
