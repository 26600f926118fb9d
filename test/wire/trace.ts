/** The client of RFC 8448's traces, as options: it sends the very bytes of the RFC. */
import type { ClientHelloSpec } from '../../src/wire/client-hello.ts'
import { createKeyShare } from '../../src/wire/key-exchange.ts'
import { GROUPS, type GroupName, groups, schemes, suites, versions } from '../../src/wire/names.ts'
import type { ClientOptions } from '../../src/wire/session.ts'
import { leafKey } from './connect.ts'
import { fixedRandom } from './drive.ts'
import { RETRY, SIMPLE, type Trace } from './rfc8448.ts'

const SIMPLE_SPEC: ClientHelloSpec = {
  recordVersion: 0x0301,
  legacyVersion: 0x0303,
  versions: versions('TLS 1.3'),
  sessionIdLength: 0,
  suites: suites(
    'TLS_AES_128_GCM_SHA256',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_256_GCM_SHA384',
  ),
  compressionMethods: [0],
  groups: groups(
    'x25519',
    'secp256r1',
    'secp384r1',
    'secp521r1',
    'ffdhe2048',
    'ffdhe3072',
    'ffdhe4096',
    'ffdhe6144',
    'ffdhe8192',
  ),
  keyShares: groups('x25519'),
  signatureSchemes: schemes(
    'ecdsa_secp256r1_sha256',
    'ecdsa_secp384r1_sha384',
    'ecdsa_secp521r1_sha512',
    'ecdsa_sha1',
    'rsa_pss_rsae_sha256',
    'rsa_pss_rsae_sha384',
    'rsa_pss_rsae_sha512',
    'rsa_pkcs1_sha256',
    'rsa_pkcs1_sha384',
    'rsa_pkcs1_sha512',
    'rsa_pkcs1_sha1',
    'dsa_sha256',
    'dsa_sha384',
    'dsa_sha512',
    'dsa_sha1',
  ),
  alpn: [],
  pointFormats: [],
  pskModes: [1],
  certificateCompression: [],
  grease: false,
  shuffled: false,
  extensions: [
    'server_name',
    'renegotiation_info',
    'supported_groups',
    'session_ticket',
    'key_share',
    'supported_versions',
    'signature_algorithms',
    'psk_key_exchange_modes',
    'record_size_limit',
  ],
}

const RETRY_SPEC: ClientHelloSpec = {
  ...SIMPLE_SPEC,
  groups: groups('x25519', 'secp256r1', 'secp384r1'),
  extensions: [
    'server_name',
    'renegotiation_info',
    'supported_groups',
    'key_share',
    'supported_versions',
    'signature_algorithms',
    'psk_key_exchange_modes',
    'record_size_limit',
    'padding',
  ],
}

/** §3. */
export function simpleClient(): ClientOptions {
  return client(SIMPLE_SPEC, SIMPLE, simpleShares)
}

/** §5. */
export function retryClient(): ClientOptions {
  return client(RETRY_SPEC, RETRY, retryShares)
}

const simpleShares = shares(SIMPLE, 'x25519')
const retryShares = shares(RETRY, 'x25519', 'secp256r1')

/** The shares of the trace's private keys, made once. */
function shares({ privateKeys }: Trace, ...names: readonly GroupName[]): ClientOptions['keyShare'] {
  const made = names.map((name, at) => createKeyShare(GROUPS[name], () => privateKeys[at]!)!)
  return group => made.find(share => share.group === group) ?? null
}

function client(
  spec: ClientHelloSpec,
  { clientRandom }: Trace,
  keyShare: ClientOptions['keyShare'],
): ClientOptions {
  return {
    spec,
    serverName: 'server',
    complete: () => true,
    leafKey,
    random: fixedRandom([clientRandom]),
    keyShare,
  }
}
