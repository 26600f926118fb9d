/** The bodies of a ClientHello's extensions that follow from its spec. */
import { utf8, Writer } from '../bytes.ts'
import type { ClientHelloSpec, ExtensionSpec } from './client-hello.ts'
import { EXTENSIONS, SCHEMES } from './names.ts'

/** What one hello draws or is given, and keeps when it is sent a second time. */
export interface HelloValues {
  readonly serverName: string | null
  readonly ticket: Uint8Array
  /** RFC 8701 values; that of the group is the key share's as well. */
  readonly grease: {
    readonly suite: number
    readonly group: number
    readonly version: number
    readonly scheme: number
    readonly extensions: readonly [number, number]
  }
  readonly echGrease: Uint8Array
}

/** RFC 8446 §4.2.8. */
export interface KeyShareEntry {
  readonly group: number
  readonly publicKey: Uint8Array
}

/** Extensions whose body follows from the spec. */
export type NamedExtension = Exclude<Extract<ExtensionSpec, string>, 'grease' | 'padding'>
type Body = (
  spec: ClientHelloSpec,
  values: HelloValues,
  shares: readonly KeyShareEntry[],
) => Uint8Array | null

/** Null where the extension is left out. */
export function extensionBody(
  extension: NamedExtension,
  spec: ClientHelloSpec,
  values: HelloValues,
  shares: readonly KeyShareEntry[],
): Uint8Array | null {
  return BODIES[extension](spec, values, shares)
}

/** The extension of this type by its name; null where its body does not follow from a spec. */
export function namedExtension(type: number): NamedExtension | null {
  for (const name in BODIES)
    if (EXTENSIONS[name as NamedExtension] === type) return name as NamedExtension
  return null
}

const EMPTY: Body = () => new Uint8Array()

const BODIES: Readonly<Record<NamedExtension, Body>> = {
  // RFC 6066 §3: a list of one host_name.
  server_name: (_, { serverName }) =>
    serverName === null
      ? null
      : new Writer().vector(2, list => list.u8(0).vector(2, w => w.push(utf8(serverName)))).bytes(),
  // RFC 6066 §8: OCSP, no responder ids, no extensions.
  status_request: () => Uint8Array.of(1, 0, 0, 0, 0),
  supported_groups: ({ groups, grease }, values) =>
    codes(2, grease ? [values.grease.group, ...groups] : groups),
  ec_point_formats: ({ pointFormats }) => octets(pointFormats),
  signature_algorithms: signatureSchemes,
  application_layer_protocol_negotiation: ({ alpn }) => protocols(alpn),
  // RFC 6961: ocsp_multi, then as above.
  status_request_v2: () => Uint8Array.of(0, 7, 2, 0, 4, 0, 0, 0, 0),
  signed_certificate_timestamp: EMPTY,
  encrypt_then_mac: EMPTY,
  extended_master_secret: EMPTY,
  compress_certificate: ({ certificateCompression }) => codes(1, certificateCompression),
  record_size_limit: () => new Writer().u16(0x4001).bytes(),
  session_ticket: (_, { ticket }) => ticket,
  supported_versions: ({ versions, grease }, values) =>
    codes(1, grease ? [values.grease.version, ...versions] : versions),
  psk_key_exchange_modes: ({ pskModes }) => octets(pskModes),
  post_handshake_auth: EMPTY,
  signature_algorithms_cert: signatureSchemes,
  key_share: (_, __, shares) => {
    const list = new Writer()
    for (const { group, publicKey } of shares) list.u16(group).vector(2, w => w.push(publicKey))
    return new Writer().vector(2, w => w.push(list.bytes())).bytes()
  },
  next_protocol_negotiation: EMPTY,
  application_settings_old: ({ alpn }) => protocols(alpn.filter(name => name === 'h2')),
  application_settings: ({ alpn }) => protocols(alpn.filter(name => name === 'h2')),
  encrypted_client_hello: (_, { echGrease }) => echGrease,
  // RFC 5746 §3.4: nothing to renegotiate.
  renegotiation_info: () => Uint8Array.of(0),
}

function signatureSchemes({ signatureSchemes }: ClientHelloSpec, values: HelloValues): Uint8Array {
  return codes(
    2,
    signatureSchemes.map(scheme => (scheme === SCHEMES.GREASE ? values.grease.scheme : scheme)),
  )
}

function codes(width: 1 | 2, values: readonly number[]): Uint8Array {
  const list = new Writer()
  for (const value of values) list.u16(value)
  return new Writer().vector(width, w => w.push(list.bytes())).bytes()
}

function octets(values: readonly number[]): Uint8Array {
  return new Writer().vector(1, list => list.push(Uint8Array.from(values))).bytes()
}

function protocols(names: readonly string[]): Uint8Array {
  const list = new Writer()
  for (const name of names) list.vector(1, w => w.push(utf8(name)))
  return new Writer().vector(2, w => w.push(list.bytes())).bytes()
}
