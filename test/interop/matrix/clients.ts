/** Real clients: how each is run, and what it refuses beyond what its hello shows. */
import { fileURLToPath } from 'node:url'
import { opensslLimits } from '../../../src/families/openssl.ts'
import { type Limits, NO_LIMITS } from '../../../src/limits.ts'
import { type PlatformId, platforms } from '../../../src/platforms/index.ts'
import { VERSIONS } from '../../../src/wire/names.ts'
import { installNode } from '../node-binary.ts'
import { HOST } from '../pki.ts'
import { runProgram } from '../programs.ts'
import { visitByChromium } from './chromium.ts'
import { CLIENT } from './node-script.ts'

export interface Client {
  readonly name: string
  readonly limits: Limits
  /** Opens more connections than it needs, and keeps them. */
  readonly lingers?: true
  /** Goes to each port of loopback in turn, as to HOST, trusting anybody. */
  readonly visit: (ports: readonly number[]) => Promise<readonly Word[]>
}

/** What a client says of one visit. */
export interface Word {
  readonly connected: boolean
  /** As it spells it; null where it names none. */
  readonly protocol: string | null
  readonly said: string
}

const gnutlsLimits: Limits = {
  ...NO_LIMITS,
  oldestVersion: VERSIONS['TLS 1.0'],
  dhBits: { min: 1008, max: 16_384 },
  keyUsage: ['ECDSA', 'RSA', 'TLS 1.3'],
  downgradeMark: 'checked',
  sources: ['https://www.gnutls.org/manual/html_node/Priority-Strings.html'],
}

/** Each with the rules of the reference client that it is; a Node's OpenSSL is of level 1, since 24 of level 2. */
export const CLIENTS: readonly Client[] = [
  openssl('openssl', []),
  // A hello that ends at TLS 1.2 does not tell where it begins.
  openssl('openssl -tls1_2', ['-tls1_2'], { oldestVersion: VERSIONS['TLS 1.2'] }),
  openssl('openssl -tls1_3', ['-tls1_3']),
  openssl('openssl -groups P-384', ['-groups', 'P-384']),
  openssl('openssl at level 0', ['-cipher', 'ALL:@SECLEVEL=0'], opensslLimits('3.0', 0)),
  openssl('openssl at level 1', ['-cipher', 'DEFAULT:@SECLEVEL=1'], opensslLimits('3.0', 1)),
  openssl('openssl, three schemes', ['-sigalgs', 'RSA+SHA256:ECDSA+SHA256:RSA-PSS+SHA256']),
  curl('curl', []),
  curl('curl --tls-max 1.2', ['--tls-max', '1.2', '--ciphers', 'ECDHE+AESGCM:DHE+AESGCM']),
  gnutls('gnutls-cli', 'NORMAL'),
  gnutls('gnutls-cli, everything', 'NORMAL:+VERS-TLS1.0:+VERS-TLS1.1:+DHE-RSA:+RSA:+3DES-CBC'),
  {
    name: 'java',
    // Its key usage is the trust manager's business, and ours trusts anybody.
    limits: { ...limitsOf('java-17.0.15'), keyUsage: [] },
    visit: async ports =>
      readLines(
        await runProgram('java', [JAVA_CLIENT, HOST, ...ports.map(String)], 120_000),
        ports,
      ),
  },
  node('node 20', process.execPath, opensslLimits('3.0', 1)),
  node('node 24', '24.21.0', opensslLimits('3.5', 2)),
  node('node 10', '10.24.1', opensslLimits('1.1.1', 1)),
  node('node 4', '4.9.1', opensslLimits('1.0.2', 0)),
  node('node 0.12', '0.12.9', opensslLimits('1.0.1', 0)),
  { name: 'chromium', limits: limitsOf('chrome-156'), lingers: true, visit: visitByChromium },
]

const JAVA_CLIENT = fileURLToPath(new URL('Client.java', import.meta.url))

function openssl(name: string, flags: readonly string[], own: Partial<Limits> = {}): Client {
  return {
    name,
    limits: { ...limitsOf('openssl-3.0'), ...own },
    visit: oneByOne(async port => {
      const where = ['-connect', `127.0.0.1:${port}`, '-servername', HOST]
      const said = await runProgram('openssl', ['s_client', '-brief', ...where, ...flags])
      const protocol = /^Protocol version: (\S+)$/m.exec(said)?.[1] ?? null
      return { connected: /^CONNECTION ESTABLISHED$/m.test(said), protocol, said }
    }),
  }
}

function curl(name: string, flags: readonly string[]): Client {
  return {
    name,
    limits: limitsOf('curl'),
    visit: oneByOne(async port => {
      const where = ['--resolve', `${HOST}:${port}:127.0.0.1`, `https://${HOST}:${port}/`]
      const args = ['-skv', '--max-time', '15', '-o', '/dev/null', '--noproxy', '*', ...flags]
      const said = await runProgram('curl', [...args, ...where])
      const protocol = /^\* SSL connection using (\S+)/m.exec(said)?.[1] ?? null
      return { connected: protocol !== null, protocol, said }
    }),
  }
}

function gnutls(name: string, priority: string): Client {
  return {
    name,
    limits: gnutlsLimits,
    visit: oneByOne(async port => {
      const where = ['--port', String(port), '--sni-hostname', HOST, '127.0.0.1']
      const args = ['--insecure', '--priority', priority, ...where]
      const said = await runProgram('gnutls-cli', args)
      const protocol = /^- Description: \((TLS[\d.]+|SSL[\d.]+)/m.exec(said)?.[1] ?? null
      return { connected: /^- Handshake was completed/m.test(said), protocol, said }
    }),
  }
}

function node(name: string, release: string, limits: Limits): Client {
  return {
    name,
    limits,
    visit: async ports => {
      const binary = release === process.execPath ? release : installNode(release)
      return readLines(
        await runProgram(binary, ['-e', CLIENT, ...ports.map(String)], 120_000),
        ports,
      )
    },
  }
}

/** What the reference client of that id refuses. */
function limitsOf(id: PlatformId): Limits {
  const [stack] = platforms[id].stacks
  if (!stack) throw new Error(`${id} has no stack`)
  return stack.limits
}

function oneByOne(visit: (port: number) => Promise<Word>): Client['visit'] {
  return async ports => {
    const words: Word[] = []
    for (const port of ports) words.push(await visit(port))
    return words
  }
}

/** Lines of `port protocol ...`, or `port no ...`. @throws where a client waited in vain, which is no answer */
function readLines(text: string, ports: readonly number[]): readonly Word[] {
  return ports.map(port => {
    const said = new RegExp(`^${port} (.*)$`, 'm').exec(text)?.[1]
    if (said === undefined || /in time|timed out/.test(said))
      throw new Error(`nothing known of port ${port}:\n${text}`)
    const [protocol = ''] = said.split(' ')
    const connected = protocol !== 'no'
    return { connected, protocol: /\d/.test(protocol) ? protocol : null, said }
  })
}
