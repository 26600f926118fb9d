/** What a server did with HTTP and WebSocket requests such as a Mini Program sends, as recorded: types alone. */
import type { RecordedError } from '../observation.ts'

/** Requests of wx.request; a body is described and never kept. */
export interface HttpObservation {
  /** The address that was asked. */
  readonly ip: string
  /** Path and query. */
  readonly path: string
  /** How long the host's name took to resolve, ms. */
  readonly dnsMs: number
  /** The Referers name the user's own appid, not a made-up one. */
  readonly ownAppid: boolean
  /** With each Referer of a Mini Program, and with none; empty where TLS never stood. */
  readonly visits: readonly HttpVisit[]
  /** The first request again, many at once; empty where it was not tried. */
  readonly burst: readonly HttpResult[]
  /** The first request again, without the client certificate that it and the others had to show; absent where they had none. */
  readonly bare?: HttpResult | undefined
  /** The same path by plain HTTP; null where TLS stands. */
  readonly plain: HttpHop | null
  readonly verifyFile: VerifyFile | null
}

/** One request, with the redirects that follow from it. */
export interface HttpVisit {
  readonly as: RefererKind
  readonly referer: string | null
  /** Never empty. Where the last one is a redirect, it was not followed. */
  readonly hops: readonly HttpHop[]
}

/** Who asks, by the version that the Referer names; `none` sends no Referer. */
export type RefererKind = 'release' | 'trial' | 'devtools' | 'none'

export interface HttpHop {
  readonly url: string
  readonly result: HttpResult
}

export type HttpResult =
  | HttpAnswer
  /** TLS stood, and then came no answer that a client can use. */
  | {
      readonly kind: 'broken'
      readonly how: 'closed' | 'silent' | 'not-http'
      readonly detail: string
      /** ms, from the first packet on. */
      readonly afterMs: number
    }
  /** TCP or TLS did not stand: the hello judged elsewhere says why, or nobody could ask. */
  | { readonly kind: 'failed'; readonly error: RecordedError }

export interface HttpAnswer {
  readonly kind: 'answered'
  readonly status: number
  readonly contentType: string | null
  /** Absolute, as a client would follow it. */
  readonly location: string | null
  /** The server's clock, ms since the epoch, and ours at that moment. */
  readonly date: { readonly server: number; readonly own: number } | null
  readonly hsts: string | null
  /** TCP, TLS and the wait for the first byte, ms. */
  readonly firstByteMs: number
  readonly body: Body
}

/** What rules want to know of a body; the body itself may be private. */
export interface Body {
  /** Length as read, decompressed. */
  readonly bytes: number
  /** `limit`: more came than is read; `cut`: the connection ended before the body did. */
  readonly end: 'complete' | 'limit' | 'cut'
  /** UTF-8 byte order marks at the start. */
  readonly boms: number
  /** What the document itself declares (HTML, XML), in lower case. */
  readonly charset: string | null
  /** Offset of the first byte that is no UTF-8; null where all of it is. */
  readonly invalidAt: number | null
  readonly looksLike: 'empty' | 'html' | 'text' | 'binary' | 'packed'
}

export interface VerifyFile {
  readonly url: string
  readonly result: HttpResult
  /** Null where nobody knows what it should hold. */
  readonly matches: boolean | null
}

/** An upgrade as wx.connectSocket asks for it (RFC 6455). */
export interface WebSocketObservation {
  readonly ip: string
  readonly url: string
  readonly protocols: readonly string[]
  /** Null where TLS never stood. */
  readonly upgrade: UpgradeResult | null
  /** More of them at once, the first one apart; empty where it was not tried. */
  readonly burst: readonly UpgradeResult[]
  /** The first one again, without the client certificate that it had to show; absent where it had none. */
  readonly bare?: UpgradeResult | undefined
}

export type UpgradeResult =
  | {
      readonly kind: 'upgraded'
      readonly protocol: string | null
      /** What became of a ping. */
      readonly ping: 'answered' | 'closed' | 'silent' | 'not-sent'
      /** How long it was left alone, and when the server ended that; null where nobody asked. */
      readonly idle: { readonly forMs: number; readonly closedAfterMs: number | null } | null
    }
  /** An answer, and no WebSocket. */
  | {
      readonly kind: 'refused'
      readonly why: 'status' | 'upgrade-header' | 'accept' | 'protocol'
      readonly status: number
      readonly location: string | null
      readonly detail: string
    }
  | Extract<HttpResult, { kind: 'broken' | 'failed' }>
