/** What a TLS server did with one ClientHello: facts only, and never an error. Types alone. */

/** How one handshake ended. What the server had shown until then stands in `server`. */
export type Handshake = {
  readonly server: ServerFlight
  /** Bytes received. */
  readonly bytes: number
} & HandshakeEnd

export type HandshakeEnd =
  /** Both Finished messages exchanged and checked, and no refusal came after them. */
  | { readonly kind: 'completed' }
  /**
   * A valid server flight, and we stopped there: to ServerHelloDone, in TLS 1.3 to the server's Finished; or, where
   * suite, group or certificate compression is one we cannot compute, to the message that chose it; of a session taken
   * up again, which shows no certificate, to the change of keys.
   */
  | { readonly kind: 'server-hello' }
  | {
      readonly kind: 'alert'
      readonly level: number
      readonly description: number
      readonly after: Stage
    }
  /** FIN or reset before the handshake was over. */
  | { readonly kind: 'closed'; readonly how: 'fin' | 'reset'; readonly after: Stage }
  /** Nothing more came within the time allowed: nobody knows what the server would have done. */
  | { readonly kind: 'timeout'; readonly after: Stage }
  /** Something that is no TLS record came first; at most the first 256 bytes are kept. */
  | {
      readonly kind: 'not-tls'
      readonly looksLike: 'http' | 'ssh' | 'text' | 'binary'
      readonly firstBytes: Uint8Array
    }
  /** TLS, but against the protocol: what a client answers with a fatal alert. */
  | {
      readonly kind: 'violation'
      readonly violation: Violation
      readonly detail: string
      readonly after: Stage
    }

/** How far the server had come: the last message of it that was read whole. */
export type Stage =
  | 'client-hello' // none yet
  | 'hello-retry'
  | 'server-hello'
  | 'certificate'
  | 'key-exchange' // ServerKeyExchange; CertificateVerify in TLS 1.3
  | 'flight' // ServerHelloDone; the server's Finished in TLS 1.3
  | 'finished' // the server's Finished; in TLS 1.3 ours, which comes last

export type Violation =
  | 'decode' // a message that cannot be decoded
  | 'unexpected-message'
  | 'parameter-not-offered' // version, suite, group, extension, compression or signature scheme nobody offered
  | 'illegal-parameter' // a value the protocol forbids at that place
  | 'empty-certificate'
  | 'bad-signature' // ServerKeyExchange or CertificateVerify does not verify with the leaf's key
  | 'key-unsupported' // the leaf's key cannot be used with what was negotiated, or cannot be read
  | 'bad-record' // a record that does not decrypt, or of an impossible length
  | 'bad-finished'
  | 'over-budget' // message over 256 KiB, flight over 1 MiB, more than 100 certificates, endless empty records

/** Whether the server asked for a client certificate, and whether it goes on without one. */
export type ClientAuth =
  | 'not-asked'
  | 'asked' // and went on without one; nginx does even where it will refuse in HTTP
  | 'required' // and refused, or hung up, when none came
  | 'asked-unknown' // we stopped before it could tell, or it did not tell in time

/** What the server has shown; a key is null, false or empty until the message that holds it was read. */
export interface ServerFlight {
  /** Negotiated version code (0x0304 is TLS 1.3). */
  readonly version: number | null
  readonly cipher: number | null
  readonly compression: number | null
  /** Code of the group or curve of the key exchange; null for RSA and for DHE with own parameters. */
  readonly group: number | null
  /** The group a HelloRetryRequest asked for. */
  readonly retryGroup: number | null
  /** Size of the DHE prime in bits, and the prime itself. */
  readonly dhBits: number | null
  readonly dhPrime: Uint8Array | null
  /** Scheme of the server's signature over the key exchange; TLS 1.0 and 1.1 have none to name. */
  readonly signatureScheme: number | null
  /** The certificates exactly as sent, leaf first as the protocol has it; null until the message came. */
  readonly chain: readonly Uint8Array[] | null
  /** The code of the algorithm of RFC 8879 when the chain came compressed. */
  readonly certificateCompression: number | null
  /** OCSPResponse, DER, stapled for the leaf. */
  readonly ocspStaple: Uint8Array | null
  /** The SignedCertificateTimestampList of the TLS extension, undecoded. */
  readonly sctList: Uint8Array | null
  /** The protocol chosen by ALPN, or the one we would take of those an NPN server lists. */
  readonly alpn: string | null
  /** A ticket was promised or sent; TLS 1.3 sends it after the handshake. */
  readonly sessionTicket: boolean
  /** This and the next two: of TLS 1.2 and older; TLS 1.3 has no need of them. */
  readonly extendedMasterSecret: boolean
  readonly encryptThenMac: boolean
  readonly secureRenegotiation: boolean
  /** The server knows a newer version than it chose and says so (RFC 8446 §4.1.3). */
  readonly downgradeSentinel: 'tls12' | 'tls11' | null
  /** Null until the flight was whole. */
  readonly clientAuth: ClientAuth | null
  /** Types of the extensions of ServerHello and EncryptedExtensions, in order. */
  readonly extensions: readonly number[]
  /** Descriptions of the alerts of level warning that the handshake went on after, such as unrecognized_name. */
  readonly warnings: readonly number[]
}
