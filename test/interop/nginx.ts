/** nginx on loopback: one process that stays in the foreground and ends with the test. */
import { type Folder, HOST, type IdentityFiles } from './pki.ts'
import { startProgram, withFreePort } from './programs.ts'

/** Gives its port. `others`: further server blocks. */
export function serveNginx(
  folder: Folder,
  identities: readonly IdentityFiles[],
  directives: string,
  listenOptions = '',
  others: (port: number) => string = () => '',
): Promise<number> {
  const certificates = identities.map(
    ({ chain, key }) => `ssl_certificate ${chain}; ssl_certificate_key ${key};`,
  )
  const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    name => `${name}_temp_path ${folder.path}/${name};`,
  )
  return withFreePort(async port => {
    const configuration = folder.write(
      'nginx.conf',
      `daemon off; master_process off; pid ${folder.path}/nginx.pid; error_log stderr notice;
      events {}
      http {
        access_log off;
        ${folders.join('\n')}
        ${others(port)}
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
