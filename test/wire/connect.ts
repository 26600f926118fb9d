/** What the wire's tests share: one handshake against a port of loopback, with usual options. */
import { type KeyObject, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { ClientHelloSpec } from '../../src/wire/client-hello.ts'
import { certificateCompressions, groups, schemes, suites, versions } from '../../src/wire/names.ts'
import type { Handshake } from '../../src/wire/outcome.ts'
import { type TlsOptions, tlsHandshake } from '../../src/wire/tls.ts'

/** A plain hello of TLS 1.3 and 1.2 with ECDSA, RSA and Edwards schemes. */
export const PLAIN: ClientHelloSpec = {
  recordVersion: 0x0301,
  legacyVersion: 0x0303,
  versions: versions('TLS 1.3', 'TLS 1.2'),
  sessionIdLength: 32,
  suites: suites(
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
    'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
  ),
  compressionMethods: [0],
  groups: groups('x25519', 'secp256r1', 'secp384r1', 'secp521r1', 'x448'),
  keyShares: groups('x25519'),
  signatureSchemes: schemes(
    'ecdsa_secp256r1_sha256',
    'ecdsa_secp384r1_sha384',
    'ecdsa_secp521r1_sha512',
    'ed25519',
    'ed448',
    'rsa_pss_rsae_sha256',
    'rsa_pss_rsae_sha384',
    'rsa_pss_rsae_sha512',
    'rsa_pss_pss_sha256',
    'rsa_pkcs1_sha256',
    'rsa_pkcs1_sha384',
    'rsa_pkcs1_sha1',
    'ecdsa_sha1',
  ),
  alpn: ['h2', 'http/1.1'],
  pointFormats: [0],
  pskModes: [1],
  certificateCompression: certificateCompressions('zlib', 'brotli'),
  grease: false,
  shuffled: false,
  extensions: [
    'server_name',
    'supported_groups',
    'ec_point_formats',
    'session_ticket',
    'encrypt_then_mac',
    'extended_master_secret',
    'application_layer_protocol_negotiation',
    'status_request',
    'signature_algorithms',
    'signed_certificate_timestamp',
    'supported_versions',
    'psk_key_exchange_modes',
    'key_share',
    'compress_certificate',
    'renegotiation_info',
  ],
}

/** PLAIN for TLS 1.2 and older: no extension of TLS 1.3. */
export const OLDER: ClientHelloSpec = {
  ...PLAIN,
  versions: versions('TLS 1.2'),
  sessionIdLength: 0,
  keyShares: [],
  extensions: PLAIN.extensions.filter(
    extension =>
      extension !== 'supported_versions' &&
      extension !== 'psk_key_exchange_modes' &&
      extension !== 'key_share' &&
      extension !== 'compress_certificate',
  ),
}

export const USUAL: TlsOptions = {
  spec: PLAIN,
  serverName: 'localhost',
  complete: () => true,
  leafKey,
  timeouts: { readMs: 5000, totalMs: 10_000 },
}

/** By node:crypto: the wire's tests need no certificate reader of ours. */
export function leafKey(der: Uint8Array): KeyObject | null {
  try {
    return new X509Certificate(der).publicKey
  } catch {
    return null
  }
}

export async function shake(port: number, options: Partial<TlsOptions> = {}): Promise<Handshake> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  return tlsHandshake(socket, { ...USUAL, ...options })
}
