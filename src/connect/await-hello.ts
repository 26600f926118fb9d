/** Listens until a TLS client comes, takes its ClientHello, and sends it away. */
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { concat, Writer } from '../bytes.ts'
import { DecodeError, MpcertError, systemCode, UsageError } from '../errors.ts'
import { ALERTS, VERSIONS } from '../wire/names.ts'
import { MAX_HELLO, parseClientHello, readFirstFlight } from '../wire/parse-client-hello.ts'
import { ALERT } from '../wire/record.ts'
import { formatAuthority } from './target.ts'

export interface AwaitOptions {
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
  /** How long to wait for a hello; as long as it takes where left out. */
  readonly timeoutMs?: number | undefined
  readonly signal: AbortSignal
  readonly onListening: (port: number) => void
  /** Somebody sent something else; the waiting goes on. */
  readonly onStranger: (stranger: Stranger) => void
}

export interface Visitor {
  /** Address and port. */
  readonly from: string
  /** The ClientHello in the records it came in. */
  readonly records: Uint8Array
}

export interface Stranger {
  readonly from: string
  readonly firstBytes: Uint8Array
  readonly error: DecodeError
}

const MAX_SOCKETS = 32
/** For one connection to send its hello. */
const PATIENCE_MS = 10_000
/** For a client to read its alert. */
const GRACE_MS = 1000

/**
 * The first client that sends a whole ClientHello; null where the signal ended the wait.
 * @throws UsageError where nobody can listen there; MpcertError ERR_TIMEOUT
 */
export async function awaitHello(options: AwaitOptions): Promise<Visitor | null> {
  const { signal, timeoutMs, onListening } = options
  const sockets = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true })
  let timer: NodeJS.Timeout | undefined
  try {
    const came = new Promise<Visitor>(resolve => {
      server.on('connection', socket => {
        if (sockets.size >= MAX_SOCKETS) return socket.destroy()
        sockets.add(socket)
        socket.once('close', () => sockets.delete(socket))
        return receive(socket, options.onStranger, resolve)
      })
    })
    onListening(await listen(server, options))
    const ended = new Promise<null>(resolve => {
      if (signal.aborted) resolve(null)
      signal.addEventListener('abort', () => resolve(null), { once: true })
    })
    const late = new Promise<never>((_, reject) => {
      if (timeoutMs !== undefined) timer = setTimeout(() => reject(nobodyCame()), timeoutMs)
    })
    return await Promise.race([came, ended, late])
  } finally {
    clearTimeout(timer)
    server.close()
    for (const socket of sockets) socket.destroy()
  }
}

function receive(
  socket: Socket,
  onStranger: AwaitOptions['onStranger'],
  onVisitor: (visitor: Visitor) => void,
): void {
  const from = formatAuthority(socket.remoteAddress ?? '?', socket.remotePort ?? 0)
  const parts: Uint8Array[] = []
  let length = 0
  const onData = (part: Uint8Array) => {
    parts.push(part)
    length += part.length
    const bytes = concat(parts)
    try {
      const flight = readFirstFlight(bytes)
      if (!flight && length <= 2 * MAX_HELLO) return
      const records = bytes.subarray(0, flight?.length ?? 0)
      parseClientHello(records)
      dismiss(socket, () => onVisitor({ from, records }))
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      onStranger({ from, firstBytes: bytes.subarray(0, 64), error })
      socket.end()
    }
    socket.off('data', onData).resume()
  }
  socket.on('data', onData)
  socket.on('error', () => socket.destroy())
  socket.once('end', () => socket.end())
  socket.setTimeout(PATIENCE_MS, () => socket.destroy())
}

/** A fatal handshake_failure and FIN; `gone` is called when the client has left, or had the time to. */
function dismiss(socket: Socket, gone: () => void): void {
  const alert = new Writer().u8(ALERT).u16(VERSIONS['TLS 1.2'])
  socket.end(alert.vector(2, w => w.u8(FATAL).u8(ALERTS.handshake_failure)).bytes())
  socket.setTimeout(GRACE_MS, () => socket.destroy())
  if (socket.destroyed) gone()
  else socket.once('close', gone)
}

const FATAL = 2

/** The port. */
async function listen(server: Server, { host, port }: AwaitOptions): Promise<number> {
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (cause) {
    const code = systemCode(cause) ?? String(cause)
    const reason = REASONS[code] ?? { en: code, 'zh-CN': code }
    const where = formatAuthority(host, port)
    throw new UsageError(
      {
        en: `cannot listen on ${where}: ${reason.en}`,
        'zh-CN': `无法监听 ${where}：${reason['zh-CN']}`,
      },
      { cause },
    )
  }
  const address = server.address()
  return typeof address === 'object' && address ? address.port : port
}

const REASONS: Readonly<Record<string, { en: string; 'zh-CN': string }>> = {
  EADDRINUSE: { en: 'the port is taken', 'zh-CN': '端口已被占用' },
  EACCES: { en: 'no permission for that port', 'zh-CN': '没有使用该端口的权限' },
  EADDRNOTAVAIL: { en: 'no address of this machine', 'zh-CN': '不是本机地址' },
}

function nobodyCame(): MpcertError {
  return new MpcertError('ERR_TIMEOUT', {
    en: 'no TLS client came in time',
    'zh-CN': '在限定时间内没有 TLS 客户端连接',
  })
}
