// A scan beside sslscan and nmap, in turns: nearby, and a long way off. What a peer needs that is not installed is left out.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { importSources } from '../tools/bundle.mjs'
import { EMPTY, MPCERT, median, runNode, timeInTurns } from './command.mjs'
import { startDelayingProxy } from './delaying-proxy.mjs'
import { ENV, said, startNginx } from './peers.mjs'

const RTT_MS = 50
const TURNS = 5
/** The peers take half a minute each. */
const PEER_TURNS = 1

const MODERN = `ssl_protocols TLSv1.2 TLSv1.3;
  ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;`
const LEGACY = `ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
  ssl_ciphers ALL:COMPLEMENTOFALL:@SECLEVEL=0;`

export async function bench(say) {
  const folder = mkdtempSync(path.join(tmpdir(), 'mpcert-bench-'))
  const stops = [() => rmSync(folder, { recursive: true, force: true })]
  try {
    const identities = await writeIdentities(folder)
    const dh = path.join(folder, 'dh.pem')
    spawnSync('openssl', ['dhparam', '-out', dh, '-2', '1024'], { env: ENV })
    for (const [name, directives] of [
      ['modern nginx', MODERN],
      ['legacy nginx', `${LEGACY} ssl_dhparam ${dh};`],
    ]) {
      const server = await startNginx(folder, identities, directives)
      stops.push(server.stop)
      await compare(name, server.port, say, stops)
    }
    const serial = await startSerial(identities)
    stops.push(serial.stop)
    await scanSerial(serial.port, say, stops)
  } finally {
    for (const stop of stops.reverse()) stop()
  }
}

async function compare(name, port, say, stops) {
  const far = await startDelayingProxy(port, RTT_MS)
  stops.push(far.stop)
  const [empty, near24, far24, far8] = await timeInTurns(
    [[EMPTY], ours(port, 24), ours(far.port, 24), ours(far.port, 8)],
    TURNS,
  )
  const trips = (median(far24) - median(near24)) / RTT_MS
  say(`${name}: nearby, empty Node`, `${ms(near24)}, ${ms(empty)}`)
  say(
    `${name}: ${RTT_MS} ms, 24 at once (modern: at most 12)`,
    `${ms(far24)}, ${trips.toFixed(1)} round trips beyond it`,
  )
  say(`${name}: ${RTT_MS} ms, by default`, ms(far8))
  for (const peer of PEERS) {
    const nearby = await timePeer(peer, port, 3)
    const faraway = nearby && (await timePeer(peer, far.port, PEER_TURNS))
    if (!faraway) say(`${name}: ${peer.name}`, 'not installed')
    else
      say(
        `${name}: ${peer.name} takes (nearby 1, far 10 at least)`,
        `${ratio(nearby, near24)}, ${ratio(faraway, far24)} times as long (${ms(nearby)}, ${ms(faraway)})`,
      )
  }
}

async function scanSerial(port, say, stops) {
  for (const rttMs of [RTT_MS, 3 * RTT_MS]) {
    const far = await startDelayingProxy(port, rttMs)
    stops.push(far.stop)
    const begin = performance.now()
    const { stdout } = await runNode([...ours(far.port, 24), '-f', 'json'])
    const { protocols } = JSON.parse(stdout).targets[0]
    const pairs = protocols.reduce((sum, { suites }) => sum + suites.length, 0)
    const unknown = protocols.reduce((sum, one) => sum + one.unknownSuites, 0)
    const seconds = ((performance.now() - begin) / 1000).toFixed(1)
    say(`serial s_server, ${rttMs} ms: pairs, unknown`, `${pairs}, ${unknown} in ${seconds} s`)
  }
}

function ours(port, atOnce) {
  return [MPCERT, 'scan', `127.0.0.1:${port}`, '--max-connections', String(atOnce)]
}

const PEERS = [
  { name: 'sslscan', args: port => ['--no-colour', `127.0.0.1:${port}`] },
  { name: 'nmap', args: port => ['-Pn', '-p', port, '--script', '+ssl-enum-ciphers', '127.0.0.1'] },
]

/** Times in ms, lowest first; null where the peer is not installed. */
async function timePeer({ name, args }, port, turns) {
  if (spawnSync(name, ['--version'], { env: ENV }).error) return null
  const times = []
  for (let turn = 0; turn < turns; turn++) {
    const begin = performance.now()
    const child = spawn(name, args(String(port)), { env: ENV, stdio: 'ignore' })
    await once(child, 'close')
    times.push(performance.now() - begin)
  }
  return times.sort((a, b) => a - b)
}

async function startSerial([rsa, ec]) {
  const identity = ['-cert', rsa.chain, '-key', rsa.key, '-dcert', ec.chain, '-dkey', ec.key]
  const cipher = ['-cipher', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0']
  const args = ['s_server', '-accept', '127.0.0.1:0', '-www', ...identity, ...cipher]
  const child = spawn('openssl', args, { env: ENV })
  const [, port] = await said(child, child.stdout, /^ACCEPT 127\.0\.0\.1:(\d+)$/m)
  return { port: Number(port), stop: () => child.kill() }
}

async function writeIdentities(folder) {
  const [{ issueCa, issueLeaf }, { generateKey }, { encodePem }] = await importSources(
    'x509/issue.ts',
    'x509/signing-key.ts',
    'x509/pem.ts',
  )
  const life = { notBefore: Date.now() - 86_400_000, notAfter: Date.now() + 90 * 86_400_000 }
  const issuer = issueCa({ subject: 'Bench Root', key: generateKey('ec-p256'), ...life })
  return ['rsa-2048', 'ec-p256'].map(kind => {
    const leaf = issueLeaf({ names: ['bench.example'], key: generateKey(kind), issuer, ...life })
    const [chain, key] = [path.join(folder, `${kind}.pem`), path.join(folder, `${kind}.key`)]
    writeFileSync(chain, encodePem(leaf.der))
    writeFileSync(key, leaf.key.privateKey.export({ type: 'pkcs8', format: 'pem' }))
    return { chain, key }
  })
}

function ms(sorted) {
  return `${median(sorted).toFixed(0)} ms`
}

function ratio(theirs, ours) {
  return (median(theirs) / median(ours)).toFixed(1)
}
