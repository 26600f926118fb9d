/** TLS by Node over a connected stream, for what is said after the handshake: whom to trust is judged elsewhere. */
import type { Duplex } from 'node:stream'
import tls, { type SecureContext, type TLSSocket } from 'node:tls'
import { MpcertError, systemCode, UsageError } from '../errors.ts'
import { afterSilence } from '../silence.ts'

export interface SecureOptions {
  /** Null sends no SNI. */
  readonly servername: string | null
  readonly timeoutMs: number
  /** Of `showing`; null shows none. */
  readonly certificate: SecureContext | null
}

/** What a server is shown that asks its clients who they are. */
export interface ClientCertificate {
  /** PEM: the certificate, then its issuers. */
  readonly cert: string
  /** PEM. */
  readonly key: string
  /** Opens the key where it is encrypted. */
  readonly passphrase?: string | undefined
}

const WHATEVER = { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const

/** @throws UsageError where OpenSSL does not take them, or not together */
export function showing({ cert, key, passphrase }: ClientCertificate): SecureContext {
  try {
    return tls.createSecureContext({ ...WHATEVER, cert, key, passphrase })
  } catch (cause) {
    // Its last word; what was given to it stays out.
    const why = systemCode(cause) ?? 'ERR_OSSL'
    throw new UsageError({
      en: `the client certificate and its key cannot be used (${why})`,
      'zh-CN': `无法使用客户端证书及其私钥（${why}）`,
    })
  }
}

/** Takes whatever certificate, suite and version OpenSSL still speaks. @throws MpcertError ERR_CONNECT, ERR_TIMEOUT */
export function secure(
  stream: Duplex,
  { servername, timeoutMs, certificate }: SecureOptions,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      socket: stream,
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
      ...(certificate ? { secureContext: certificate } : WHATEVER),
      ...(servername === null ? {} : { servername }),
    })
    const fail = (error: MpcertError) => {
      callOff()
      socket.destroy()
      stream.destroy()
      reject(error)
    }
    const callOff = afterSilence(timeoutMs, () => {
      const seconds = timeoutMs / 1000
      const text = {
        en: `the TLS handshake took longer than ${seconds} s`,
        'zh-CN': `TLS 握手超过 ${seconds} 秒`,
      }
      fail(new MpcertError('ERR_TIMEOUT', text, { phase: 'handshake' }))
    })
    // Stays: what happens after the handshake is heard by whoever reads, and must not end the process.
    socket.on('error', cause => fail(tlsError(cause)))
    socket.once('close', () => fail(tlsError(null)))
    socket.once('secureConnect', () => {
      callOff()
      resolve(socket)
    })
  })
}

/** For alerts that come late, too: in TLS 1.3 the client has finished before the server has. */
export function tlsError(cause: unknown): MpcertError {
  const system = systemCode(cause)
  const why = system ? ` (${system})` : ''
  return new MpcertError(
    'ERR_CONNECT',
    {
      en: `no TLS connection for HTTP could be made${why}`,
      'zh-CN': `无法为 HTTP 建立 TLS 连接${why}`,
    },
    { phase: 'handshake', cause, ...(system ? { system } : {}) },
  )
}
