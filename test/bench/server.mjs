// A sound TLS server in a process of its own: certificates are made here, serving is Node's.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { importSources } from '../tools/bundle.mjs'

export const HOST = 'bench.example'
const YEAR_MS = 365 * 86_400_000

const SERVE = `
  const server = require('node:tls').createServer(JSON.parse(process.env.IDENTITY))
  server.on('tlsClientError', () => {})
  server.on('secureConnection', socket => socket.on('error', () => {}).resume())
  server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

/** The port, its folder, files with the root that is trusted, leaf, issuer and key, and how to end it. */
export async function startServer() {
  const [{ issueCa, issueLeaf }, { generateKey }, { encodePem }] = await importSources(
    'x509/issue.ts',
    'x509/signing-key.ts',
    'x509/pem.ts',
  )
  const now = Date.now()
  const long = { notBefore: now - YEAR_MS, notAfter: now + YEAR_MS }
  const root = issueCa({ subject: 'Bench Root', key: generateKey('ec-p256'), ...long })
  const issuer = issueCa({
    subject: 'Bench CA',
    key: generateKey('ec-p256'),
    issuer: root,
    ...long,
  })
  const leaf = issueLeaf({
    names: [HOST, `*.${HOST}`],
    key: generateKey('ec-p256'),
    issuer,
    notBefore: now - YEAR_MS / 8,
    notAfter: now + YEAR_MS / 8,
  })
  const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-bench-'))
  const rootFile = path.join(folder, 'root.pem')
  writeFileSync(rootFile, encodePem(root.der))
  const key = leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' })
  const identity = { cert: encodePem(leaf.der) + encodePem(issuer.der), key }
  const files = { leaf: encodePem(leaf.der), ca: encodePem(issuer.der), key }
  const paths = Object.keys(files).map(name => path.join(folder, `${name}.pem`))
  const chainFile = path.join(folder, 'chain.pem')
  writeFileSync(chainFile, identity.cert)
  for (const [index, text] of Object.values(files).entries()) writeFileSync(paths[index], text)
  const child = spawn(process.execPath, ['-e', SERVE], {
    env: { ...process.env, IDENTITY: JSON.stringify(identity) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = await once(child.stdout, 'data')
  return {
    port: Number(said),
    rootFile,
    files: paths,
    folder,
    chainFile,
    keyFile: paths[2],
    stop() {
      child.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The arguments of a check of this server, on this port. */
export function checkArgs({ rootFile }, port) {
  const target = `${HOST}:${port}`
  return ['check', target, '--resolve', `${target}:127.0.0.1`, '--cacert', rootFile, '--no-fetch']
}
