/** Small servers of each STARTTLS protocol: plaintext first, then Node's own TLS on the same socket. */
import { once } from 'node:events'
import type { Socket } from 'node:net'
import tls from 'node:tls'
import type { StarttlsId } from '../../src/starttls/index.ts'
import { type Identity, startTcp } from './tls-server.ts'

/** Where a server departs from the usual. */
export interface Manner {
  /** It speaks the protocol without TLS. */
  readonly refuses?: boolean
  /** Said in the clear after the go-ahead, in the same segment. */
  readonly slipsIn?: string
  /** What each client sent in the clear is noted here. */
  readonly heard?: string[]
}

interface Clear {
  say(bytes: string | Uint8Array): void
  /** The next bytes up to `end`. */
  until(end: string): Promise<string>
  take(length: number): Promise<Buffer>
}

/** Talks until the last words before TLS, which are returned; null where there will be none. */
type Script = (clear: Clear, refuses: boolean) => Promise<string | Uint8Array | null>

/** Gives its port. */
export function startStarttls(
  protocol: StarttlsId,
  { key, cert }: Identity,
  manner: Manner = {},
): Promise<number> {
  const context = tls.createSecureContext({ key, cert })
  return startTcp(socket => {
    const serve = async () => {
      const goAhead = await SCRIPTS[protocol](clear(socket, manner.heard ?? []), !!manner.refuses)
      if (goAhead === null) return
      if (goAhead.length > 0 || manner.slipsIn)
        socket.write(Buffer.concat([Buffer.from(goAhead), Buffer.from(manner.slipsIn ?? '')]))
      const secured = new tls.TLSSocket(socket, { isServer: true, secureContext: context })
      secured.on('error', () => {}).resume()
    }
    serve().catch(() => socket.destroy())
  })
}

function clear(socket: Socket, heard: string[]): Clear {
  const gather = async (enough: (seen: Buffer) => number): Promise<Buffer> => {
    for (let seen = Buffer.alloc(0); ; ) {
      const bytes = socket.read() as Buffer | null
      if (!bytes) {
        if (socket.readableEnded || socket.destroyed) throw new Error('the client left')
        await Promise.race([once(socket, 'readable'), once(socket, 'close')])
        continue
      }
      seen = Buffer.concat([seen, bytes])
      const length = enough(seen)
      if (length < 0) continue
      if (seen.length > length) socket.unshift(seen.subarray(length))
      heard.push(seen.toString('latin1', 0, length))
      return seen.subarray(0, length)
    }
  }
  return {
    say: bytes => void socket.write(bytes),
    take: length => gather(seen => (seen.length < length ? -1 : length)),
    async until(end) {
      const bytes = await gather(seen => {
        const at = seen.indexOf(end)
        return at < 0 ? -1 : at + end.length
      })
      return bytes.toString('latin1')
    },
  }
}

const SCRIPTS: Readonly<Record<StarttlsId, Script>> = {
  async smtp({ say, until }, refuses) {
    say('220-mail.example ESMTP\r\n220 at your service\r\n')
    await until('\r\n')
    say(`250-mail.example\r\n250-SIZE 1000\r\n${refuses ? '' : '250-STARTTLS\r\n'}250 HELP\r\n`)
    return (await until('\r\n')) === 'STARTTLS\r\n' ? '220 go ahead\r\n' : null
  },
  async ftp({ say, until }, refuses) {
    say('220-Welcome\r\n 220 is not the end\r\n220 ready\r\n')
    await until('\r\n')
    if (!refuses) return '234 AUTH TLS successful\r\n'
    say('500 AUTH not understood\r\n')
    return null
  },
  async imap({ say, until }, refuses) {
    say('* OK [CAPABILITY IMAP4rev1] ready\r\n')
    const [tag] = (await until('\r\n')).split(' ')
    say(`* CAPABILITY IMAP4rev1${refuses ? '' : ' STARTTLS'} LOGINDISABLED\r\n${tag} OK done\r\n`)
    const [second] = (await until('\r\n')).split(' ')
    return `${second} OK begin TLS\r\n`
  },
  async pop3({ say, until }, refuses) {
    say('+OK ready <1@mail.example>\r\n')
    for (let command = await until('\r\n'); command !== 'STLS\r\n'; command = await until('\r\n'))
      say('+OK\r\nSTLS\r\n.\r\n')
    if (!refuses) return '+OK begin TLS\r\n'
    say('-ERR unknown command\r\n')
    return null
  },
  async postgres({ say, take }, refuses) {
    await take(8)
    if (!refuses) return 'S'
    say('N')
    return null
  },
  async mysql({ say, take }, refuses) {
    const flags = Buffer.alloc(2)
    flags.writeUInt16LE(refuses ? 0xf7ff : 0xffff)
    const body = [
      Buffer.of(10),
      Buffer.from('8.0.36\0'),
      Buffer.alloc(4 + 8 + 1),
      flags,
      Buffer.of(33, 2, 0, 0xff, 0xc7, 21),
      Buffer.alloc(10 + 13),
      Buffer.from('caching_sha2_password\0'),
    ]
    const greeting = Buffer.concat(body)
    say(Buffer.concat([Buffer.of(greeting.length, 0, 0, 0), greeting]))
    await take(36)
    return ''
  },
  async ldap({ say, take }, refuses) {
    const length = (await take(2))[1] ?? 0
    await take(length)
    const code = refuses ? 2 : 0
    // Lengths in four octets, as Active Directory writes them.
    const result = Buffer.of(0x0a, 1, code, 4, 0, 4, 0)
    const response = Buffer.concat([Buffer.of(0x78, 0x84, 0, 0, 0, result.length), result])
    const id = Buffer.of(2, 1, 1)
    const message = Buffer.concat([
      Buffer.of(0x30, 0x84, 0, 0, 0, id.length + response.length),
      id,
      response,
    ])
    if (!refuses) return message
    say(message)
    return null
  },
  async xmpp({ say, until }, refuses) {
    for (let tag = ''; !tag.includes('<stream:stream'); ) tag = await until('>')
    const offer = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>"
    const mechanisms = '<mechanisms><mechanism>PLAIN</mechanism></mechanisms>'
    say(
      "<?xml version='1.0'?><stream:stream xmlns:stream='http://etherx.jabber.org/streams' id='1'>",
    )
    say(`<stream:features>${refuses ? '' : offer}${mechanisms}</stream:features>`)
    await until('>')
    return "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
  },
}
