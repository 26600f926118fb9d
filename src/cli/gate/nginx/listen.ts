/** `listen` of an nginx configuration. */

export interface Listen {
  /** What sockets are told apart by. */
  readonly address: string
  /** Null for a Unix socket. */
  readonly port: number | null
  readonly isTls: boolean
  readonly isDefault: boolean
}

/** Values of one directive. Without a port it is 80, without an address all of them. */
export function listenOf([value = '', ...options]: readonly string[]): Listen {
  const isQuic = options.includes('quic')
  const [, host = value, digits] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(value) ?? []
  const isUnix = value.startsWith('unix:')
  const isPort = /^\d+$/.test(value)
  const port = isUnix ? null : Number(isPort ? value : (digits ?? HTTP))
  const place = isPort || host === '0.0.0.0' ? '*' : host
  return {
    address: `${isQuic ? 'udp ' : ''}${isUnix ? value : `${place}:${port}`}`,
    port,
    isTls: isQuic || options.includes('ssl'),
    isDefault: options.includes('default_server') || options.includes('default'),
  }
}

const HTTP = 80
