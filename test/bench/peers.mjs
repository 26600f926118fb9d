// Servers not written here: started on loopback, and ended by whoever started them.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'

/** Debian keeps servers where a user's own path does not lead, and its OpenSSL would forbid what is old. */
export const ENV = {
  ...process.env,
  PATH: `${process.env.PATH}:/usr/sbin`,
  OPENSSL_CONF: '/dev/null',
}

/** `identities` are files of a chain and its key each; nginx takes a port that was free a moment ago. */
export async function startNginx(folder, identities, directives) {
  const port = await freePort()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const file = path.join(folder, `nginx-${port}.conf`)
  writeFileSync(
    file,
    `daemon off; worker_processes 2; pid ${folder}/nginx-${port}.pid; error_log stderr notice;
    events { worker_connections 4096; }
    http {
      access_log off;
      ${temporary.map(name => `${name}_temp_path ${folder}/${name};`).join('\n')}
      server {
        listen 127.0.0.1:${port} ssl backlog=4096;
        ${identities.map(({ chain, key }) => `ssl_certificate ${chain}; ssl_certificate_key ${key};`).join('\n')}
        ${directives}
        return 200 "here";
      }
    }`,
  )
  const child = spawn('nginx', ['-e', 'stderr', '-p', folder, '-c', file], { env: ENV })
  await said(child, child.stderr, /start worker process \d+[\s\S]*start worker process/)
  return { port, stop: () => child.kill() }
}

/** Waits until a program says so, and goes on reading: one that nobody listens to stands still in the end. */
export async function said(child, stream, pattern) {
  let text = ''
  child.stdout.resume()
  child.stderr.resume()
  const failed = once(child, 'exit').then(() => {
    throw new Error(`it ended before it was ready:\n${text}`)
  })
  const ready = new Promise(resolve => {
    stream.setEncoding('utf8').on('data', part => {
      text += part
      const match = pattern.exec(text)
      if (match) resolve(match)
    })
  })
  failed.catch(() => {})
  return Promise.race([ready, failed])
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
