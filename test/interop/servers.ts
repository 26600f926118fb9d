/** Servers not written here, one process each on a port of loopback; they end with the test. */
import type { ChainName, IdentityFiles } from './pki.ts'
import { startProgram, withFreePort } from './programs.ts'

/** `openssl s_server`, which serves one client at a time. `-www` keeps it from reading our standard input. */
export async function startOpenssl(
  { leaf, key, issuers }: IdentityFiles,
  flags: readonly string[],
  chain: ChainName = 'one CA',
): Promise<number> {
  const sent = chain === 'none' ? [] : ['-cert_chain', issuers]
  const identity = ['-cert', leaf, '-key', key, ...sent]
  const args = ['s_server', '-accept', '127.0.0.1:0', '-www', ...identity, ...flags]
  const { match } = await startProgram('openssl', args, /^ACCEPT 127\.0\.0\.1:(\d+)$/m)
  return Number(match[1])
}

/** gnutls-serv, which goes on without a port that is taken, and says so. */
export function startGnutls(
  identities: readonly IdentityFiles[],
  flags: readonly string[],
): Promise<number> {
  const files = identities.flatMap(({ chain, key }) => [
    `--x509certfile=${chain}`,
    `--x509keyfile=${key}`,
  ])
  return withFreePort(async port => {
    const args = ['--http', `--port=${port}`, ...files, ...flags]
    const { match } = await startProgram('gnutls-serv', args, /listening on IPv4 .*\.\.\.(.+)/)
    if (match[1] !== 'done') throw new Error(match[0])
    return port
  })
}
