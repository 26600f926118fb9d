// Many hosts behind one nginx, each asked once: beside a plain loop over Node's own client.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { MPCERT, measurePeak, median, timeInTurns } from './command.mjs'
import { startNginx } from './peers.mjs'
import { HOST, startServer } from './server.mjs'

const LOOP = fileURLToPath(new URL('fleet-loop.mjs', import.meta.url))
const HOSTS = 4000
const MANY = 100_000
const TURNS = 3
const AT_ONCE = 64

export async function bench(say) {
  const server = await startServer()
  const identity = { chain: server.chainFile, key: server.keyFile }
  const nginx = await startNginx(server.folder, [identity], 'ssl_protocols TLSv1.2 TLSv1.3;')
  const list = count => {
    const file = path.join(server.folder, `hosts-${count}`)
    const hosts = Array.from({ length: count }, (_, index) => `h${index}.${HOST}:${nginx.port}`)
    writeFileSync(file, hosts.join('\n'))
    return file
  }
  const quick = (file, ...more) => [
    ...[MPCERT, 'check', '--list', file, '--quick', '--connect-to', `127.0.0.1:${nginx.port}`],
    ...['--cacert', server.rootFile, '--no-fetch', '--concurrency', AT_ONCE, ...more].map(String),
  ]
  try {
    const file = list(HOSTS)
    const loop = [LOOP, file, server.rootFile, String(AT_ONCE)]
    const [plain, quiet, lines] = await timeInTurns(
      [loop, quick(file, '-q'), quick(file, '-f', 'jsonl')],
      TURNS,
    )
    const rate = times => `${Math.round((1000 * HOSTS) / median(times))} hosts a second`
    const ratio = times => `${(median(plain) / median(times)).toFixed(2)} x (${rate(times)})`
    say('Node, tls.connect and getPeerCertificate', rate(plain))
    say('mpcert check --quick -q (at least 1.5)', ratio(quiet))
    say('mpcert check --quick -f jsonl', ratio(lines))
    const peak = await measurePeak(quick(list(MANY), '-q'))
    say(`its memory with ${MANY} targets (at most 200 MiB)`, `${peak.toFixed(0)} MiB`)
  } finally {
    nginx.stop()
    server.stop()
  }
}
