// What one writes without mpcert: a handshake with each host of a file, a few at once, and the certificate it shows.
import { readFileSync } from 'node:fs'
import tls from 'node:tls'

const [file, root, atOnce] = process.argv.slice(2)
const hosts = readFileSync(file, 'utf8').trim().split('\n')
const secureContext = tls.createSecureContext({ ca: readFileSync(root) })
let next = 0

function ask(line) {
  const [servername, port] = line.split(':')
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: '127.0.0.1', port, servername, secureContext }, () => {
      if (!socket.getPeerCertificate(true).subject) reject(new Error(`${line}: no certificate`))
      socket.destroy()
      resolve()
    })
    socket.once('error', reject)
  })
}

async function worker() {
  while (next < hosts.length) await ask(hosts[next++])
}

await Promise.all(Array.from({ length: Number(atOnce) }, worker))
