/** The servers of the matrix: what each accepts, and on which program. */
import { getDiffieHellman } from 'node:crypto'
import { integer, sequence } from '../../../src/x509/der-writer.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import type { KeyKind } from '../../../src/x509/signing-key.ts'
import { serveNginx } from '../nginx.ts'
import { installNode } from '../node-binary.ts'
import { type Folder, leafFor, makeFolder } from '../pki.ts'
import { startGnutls, startOpenssl } from '../servers.ts'
import { type NodeOptions, pemOf, startNodeServers } from './node-script.ts'

export interface RunningServer {
  readonly name: string
  readonly port: number
}

/** All of them started; they end with the test. */
export async function startServers(folder: Folder): Promise<readonly RunningServer[]> {
  const groups = await Promise.all([
    ...NODES.map(group => startNodes(folder, group)),
    ...OTHERS.map(async ({ name, start }) => [{ name, port: await start(folder) }]),
  ])
  return groups.flat()
}

interface NodeGroup {
  /** A release, or the path of a binary. */
  readonly node: string
  readonly title: string
  readonly flags: readonly string[]
  readonly servers: readonly (readonly [name: string, key: KeyKind, options: NodeOptions])[]
}

/** OpenSSL 3 at level 0 goes below its own defaults. */
const LEVEL_0 = 'ALL:@SECLEVEL=0'
const TLS_10: NodeOptions = { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: LEVEL_0 }
const TLS_11: NodeOptions = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: LEVEL_0 }
const TLS_12: NodeOptions = { maxVersion: 'TLSv1.2' }
const TLS_13: NodeOptions = { minVersion: 'TLSv1.3' }

const NODES: readonly NodeGroup[] = [
  {
    node: process.execPath,
    title: 'node 20',
    flags: [],
    servers: [
      ['RSA', 'rsa-2048', {}],
      ['RSA of 1024 bits', 'rsa-1024', { ciphers: 'DEFAULT:@SECLEVEL=0' }],
      ['RSA of 4096 bits', 'rsa-4096', {}],
      ['RSA-PSS key', 'rsa-pss-2048', {}],
      ['P-256', 'ec-p256', {}],
      ['P-384', 'ec-p384', {}],
      ['P-521', 'ec-p521', {}],
      ['secp256k1', 'ec-secp256k1', {}],
      ['Ed25519', 'ed25519', {}],
      ['P-384, TLS 1.2', 'ec-p384', TLS_12],
      ['P-521, TLS 1.2', 'ec-p521', TLS_12],
      ['Ed25519, TLS 1.2', 'ed25519', TLS_12],
      ['TLS 1.0, RSA', 'rsa-2048', TLS_10],
      ['TLS 1.0, P-256', 'ec-p256', TLS_10],
      ['TLS 1.0, static RSA', 'rsa-2048', { ...TLS_10, ciphers: 'AES128-SHA:@SECLEVEL=0' }],
      ['TLS 1.1, RSA', 'rsa-2048', TLS_11],
      ['TLS 1.0 to 1.2', 'rsa-2048', { ...TLS_12, minVersion: 'TLSv1', ciphers: LEVEL_0 }],
      ['static RSA', 'rsa-2048', { ...TLS_12, ciphers: 'AES128-SHA' }],
      ['ECDHE-RSA-AES256-SHA384', 'rsa-2048', { ...TLS_12, ciphers: 'ECDHE-RSA-AES256-SHA384' }],
      ['ChaCha20, TLS 1.2', 'ec-p256', { ...TLS_12, ciphers: 'ECDHE-ECDSA-CHACHA20-POLY1305' }],
      ['AES-CCM-8', 'ec-p256', { ...TLS_12, ciphers: 'ECDHE-ECDSA-AES128-CCM8:@SECLEVEL=0' }],
      ['Camellia', 'rsa-2048', { ...TLS_12, ciphers: 'ECDHE-RSA-CAMELLIA128-SHA256' }],
      ['NULL', 'rsa-2048', { ...TLS_12, ciphers: 'ECDHE-RSA-NULL-SHA:NULL-SHA256:@SECLEVEL=0' }],
      ['anonymous', 'rsa-2048', { ...TLS_12, ciphers: 'AECDH-AES128-SHA:@SECLEVEL=0' }],
      ['DHE of 1024 bits', 'rsa-2048', dhe('modp2')],
      ['DHE of 2048 bits', 'rsa-2048', dhe('modp14')],
      ['DHE of 8192 bits', 'rsa-2048', dhe('modp18')],
      ['TLS 1.3', 'rsa-2048', TLS_13],
      ['TLS 1.3, ChaCha20', 'ec-p256', { ...TLS_13, ciphers: 'TLS_CHACHA20_POLY1305_SHA256' }],
      ['TLS 1.3, AES-CCM', 'ec-p256', { ...TLS_13, ciphers: 'TLS_AES_128_CCM_SHA256' }],
      ['TLS 1.3 over secp384r1', 'ec-p256', { ...TLS_13, ecdhCurve: 'P-384' }],
      ['TLS 1.3 over secp521r1', 'ec-p256', { ...TLS_13, ecdhCurve: 'P-521' }],
      ['TLS 1.3 over x448', 'ec-p256', { ...TLS_13, ecdhCurve: 'X448' }],
      ['TLS 1.2 over secp521r1', 'rsa-2048', { ...TLS_12, ecdhCurve: 'P-521' }],
      ['TLS 1.2 over x25519', 'rsa-2048', { ...TLS_12, ecdhCurve: 'X25519' }],
      ['RSA-PSS with SHA-512', 'rsa-2048', { sigalgs: 'rsa_pss_rsae_sha512' }],
      ['RSA with SHA-256', 'rsa-2048', { ...TLS_12, sigalgs: 'RSA+SHA256' }],
      [
        'static RSA, a leaf for signatures',
        'rsa-2048',
        {
          ...TLS_12,
          ciphers: 'AES128-SHA',
          cert: encodePem(leafFor('rsa-2048', 'digitalSignature').der),
        },
      ],
      [
        'ECDHE, a leaf for encipherment',
        'rsa-2048',
        { ...TLS_12, cert: encodePem(leafFor('rsa-2048', 'keyEncipherment').der) },
      ],
      [
        'TLS 1.3, a leaf for encipherment',
        'rsa-2048',
        { ...TLS_13, cert: encodePem(leafFor('rsa-2048', 'keyEncipherment').der) },
      ],
      [
        'TLS 1.3, a leaf for key agreement',
        'ec-p256',
        { ...TLS_13, cert: encodePem(leafFor('ec-p256', 'keyAgreement').der) },
      ],
      [
        'RSA with SHA-1',
        'rsa-2048',
        { ...TLS_12, sigalgs: 'RSA+SHA1', ciphers: 'DEFAULT:@SECLEVEL=0' },
      ],
    ],
  },
  {
    node: '24.21.0',
    title: 'node 24',
    flags: [],
    servers: [
      ['RSA', 'rsa-2048', {}],
      ['X25519MLKEM768 alone', 'ec-p256', { ecdhCurve: 'X25519MLKEM768' }],
      ['SecP384r1MLKEM1024 alone', 'ec-p256', { ecdhCurve: 'SecP384r1MLKEM1024' }],
      ['MLKEM768 alone', 'ec-p256', { ecdhCurve: 'MLKEM768' }],
    ],
  },
  {
    node: '10.24.1',
    title: 'node 10',
    flags: [],
    servers: [['P-256', 'ec-p256', {}]],
  },
  {
    node: '4.9.1',
    title: 'node 4',
    flags: [],
    servers: [
      ['RSA', 'rsa-2048', {}],
      ['3DES', 'rsa-2048', { ciphers: 'DES-CBC3-SHA' }],
      ['RC4, TLS 1.2', 'rsa-2048', { ciphers: 'RC4-SHA' }],
    ],
  },
  {
    node: '0.12.9',
    title: 'node 0.12',
    flags: ['--enable-ssl3'],
    servers: [
      ['RSA', 'rsa-2048', {}],
      ['P-521', 'ec-p521', {}],
      ['secp256k1', 'ec-secp256k1', {}],
      ['DHE of 768 bits', 'rsa-2048', { ciphers: 'DHE-RSA-AES128-SHA', dhparam: field('modp1') }],
      ['SSL 3.0', 'rsa-2048', { secureProtocol: 'SSLv3_method' }],
      ['RC4, TLS 1.0', 'rsa-2048', { secureProtocol: 'TLSv1_method', ciphers: 'RC4-SHA' }],
    ],
  },
]

interface Other {
  readonly name: string
  readonly start: (folder: Folder) => Promise<number>
}

const OTHERS: readonly Other[] = [
  openssl('RSA and P-256', [], true),
  openssl('RSA and P-256, the server decides', ['-serverpref', '-tls1_2'], true),
  openssl('a client certificate is a must', ['-tls1_2', '-Verify', '1']),
  openssl('P-256, brainpoolP256r1 alone', ['-tls1_2', '-groups', 'brainpoolP256r1']),
  nginx('as it comes', ''),
  nginx('TLS 1.2, the server decides', 'ssl_protocols TLSv1.2; ssl_prefer_server_ciphers on;'),
  gnutls('as it comes', ['rsa-2048', 'ec-p256'], 'NORMAL'),
  gnutls('TLS 1.0', ['rsa-2048'], 'NORMAL:-VERS-ALL:+VERS-TLS1.0'),
  gnutls('P-521, TLS 1.2', ['ec-p521'], 'NORMAL:-VERS-TLS1.3'),
  gnutls('secp192', ['ec-p256'], 'NORMAL:-VERS-TLS1.3:-CURVE-ALL:+CURVE-SECP192R1'),
  gnutls('RSA with SHA-1', ['rsa-2048'], 'NORMAL:-VERS-TLS1.3:-SIGN-ALL:+SIGN-RSA-SHA1'),
  gnutls(
    'ffdhe2048 alone',
    ['ec-p256'],
    'NORMAL:-VERS-ALL:+VERS-TLS1.3:-GROUP-ALL:+GROUP-FFDHE2048',
  ),
  gnutls(
    'no secure renegotiation',
    ['rsa-2048'],
    'NORMAL:-VERS-TLS1.3:%DISABLE_SAFE_RENEGOTIATION',
  ),
]

async function startNodes(folder: Folder, group: NodeGroup): Promise<readonly RunningServer[]> {
  const { node, title, flags, servers } = group
  const binary = node === process.execPath ? node : installNode(node)
  const list = servers.map(([, key, options]) => ({ ...pemOf(folder.identity(key)), ...options }))
  const ports = await startNodeServers(binary, flags, folder, list)
  return servers.map(([name], index) => ({ name: `${title}: ${name}`, port: ports[index]! }))
}

function openssl(name: string, flags: readonly string[], both = false): Other {
  return {
    name: `openssl: ${name}`,
    start: folder => {
      const rsa = folder.identity('rsa-2048')
      const second = ['-dcert', rsa.leaf, '-dkey', rsa.key, '-dcert_chain', rsa.issuers]
      return startOpenssl(folder.identity('ec-p256'), [...flags, ...(both ? second : [])])
    },
  }
}

function nginx(name: string, directives: string): Other {
  return {
    name: `nginx: ${name}`,
    start: () => {
      // Each has a configuration file of its own.
      const folder = makeFolder()
      return serveNginx(
        folder,
        [folder.identity('rsa-2048'), folder.identity('ec-p256')],
        directives,
      )
    },
  }
}

function gnutls(name: string, kinds: readonly KeyKind[], priority: string): Other {
  return {
    name: `gnutls: ${name}`,
    start: folder =>
      startGnutls(
        kinds.map(kind => folder.identity(kind)),
        ['--disable-client-cert', `--priority=${priority}`],
      ),
  }
}

/** TLS 1.2 with a prime of its own. */
function dhe(prime: Prime): NodeOptions {
  const ciphers = 'DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0'
  return { maxVersion: 'TLSv1.2', ciphers, dhparam: field(prime) }
}

/** Of RFC 2409 and 3526: 768, 1024, 2048 and 8192 bits. */
type Prime = 'modp1' | 'modp2' | 'modp14' | 'modp18'

function field(prime: Prime): string {
  const group = getDiffieHellman(prime)
  const numbers = [group.getPrime(), group.getGenerator()]
  const der = sequence(...numbers.map(number => integer(new Uint8Array(number))))
  return encodePem(der, 'DH PARAMETERS')
}
