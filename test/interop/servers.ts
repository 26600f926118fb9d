/** Servers not written here, one process each on a port of loopback; they end with the test. */
import { type ChainName, type Folder, HOST, type IdentityFiles } from './pki.ts'
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

/** nginx as one process that stays in the foreground. */
export function startNginx(
  folder: Folder,
  identities: readonly IdentityFiles[],
  directives: string,
  listenOptions = '',
): Promise<number> {
  const certificates = identities.map(
    ({ chain, key }) => `ssl_certificate ${chain}; ssl_certificate_key ${key};`,
  )
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    name => `${name}_temp_path ${folder.path}/${name};`,
  )
  return withFreePort(async port => {
    const configuration = folder.write(
      `nginx-${port}.conf`,
      `daemon off; master_process off; pid ${folder.path}/nginx-${port}.pid; error_log stderr notice;
      events {}
      http {
        access_log off;
        ${folders.join('\n')}
        server {
          listen 127.0.0.1:${port} ssl ${listenOptions};
          server_name ${HOST};
          ${certificates.join('\n')}
          ${directives}
          return 200 "here";
        }
      }`,
    )
    const args = ['-e', 'stderr', '-p', folder.path, '-c', configuration]
    await startProgram('nginx', args, /using the "\w+" event method/)
    return port
  })
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
