import { existsSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { startStarttls } from '../helpers/starttls-servers.ts'
import { identity } from '../helpers/tls-server.ts'
import { type Folder, HOST, makeFolder } from './pki.ts'
import { requireProgram, runProgram, startProgram, withFreePort } from './programs.ts'

const MAIL_MODULE = '/usr/lib/nginx/modules/ngx_mail_module.so'

beforeAll(() => {
  requireProgram('openssl')
  requireProgram('nginx')
  if (!existsSync(MAIL_MODULE))
    throw new Error(`${MAIL_MODULE} is needed: on Debian, apt-get install libnginx-mod-mail`)
})

describe.each(['smtp', 'imap', 'pop3'] as const)('the mail proxy of nginx: %s', protocol => {
  test('shows the chain that openssl sees', async () => {
    const folder = makeFolder()
    const port = await serve(folder, protocol, 'starttls on')
    const args = ['-starttls', protocol, '-connect', `127.0.0.1:${port}`, '-servername', HOST]
    const theirs = await runProgram('openssl', ['s_client', '-showcerts', ...args])
    const { code, stdout } = await runCli([
      ...['show', `${HOST}:${port}`, '--resolve', `${HOST}:${port}:127.0.0.1`],
      ...['--starttls', protocol, '--pem'],
    ])
    expect(code).toBe(0)
    expect(certificates(stdout)).toHaveLength(2)
    expect(certificates(stdout)).toEqual(certificates(theirs))
  })

  test('is told where it does not offer it', async () => {
    const port = await serve(makeFolder(), protocol, 'starttls off')
    const { code, stderr } = await runCli(['show', `127.0.0.1:${port}`, '--starttls', protocol])
    expect(code).toBe(3)
    expect(stderr).toMatch(/does not offer STARTTLS/)
  })
})

// The servers of our own tests speak the protocols as openssl knows them.
test.each(['smtp', 'imap', 'pop3', 'ftp', 'ldap', 'mysql', 'postgres', 'xmpp'] as const)(
  'openssl takes the %s server of the tests for one',
  async protocol => {
    const port = await startStarttls(protocol, identity('ec-p256'))
    const args = ['-starttls', protocol, '-connect', `127.0.0.1:${port}`, '-brief']
    expect(await runProgram('openssl', ['s_client', ...args])).toContain('CONNECTION ESTABLISHED')
  },
)

function certificates(text: string): readonly string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
}

function serve(folder: Folder, protocol: string, starttls: string): Promise<number> {
  const { chain, key } = folder.identity('ec-p256')
  return withFreePort(async port => {
    const configuration = folder.write(
      'nginx.conf',
      `load_module ${MAIL_MODULE};
      daemon off; master_process off; pid ${folder.path}/nginx.pid; error_log stderr notice;
      events {}
      mail {
        server_name ${HOST};
        auth_http 127.0.0.1:1/;
        ssl_certificate ${chain}; ssl_certificate_key ${key};
        server { listen 127.0.0.1:${port}; protocol ${protocol}; ${starttls}; }
      }`,
    )
    const args = ['-e', 'stderr', '-p', folder.path, '-c', configuration]
    await startProgram('nginx', args, /using the "\w+" event method/)
    return port
  })
}
