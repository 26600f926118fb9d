// How soon it answers, beside a Node that does nothing.
import { EMPTY, MPCERT, measurePeak, median, timeInTurns } from './command.mjs'
import { checkArgs, HOST, startServer } from './server.mjs'

const TURNS = 15

export async function bench(say) {
  const server = await startServer()
  try {
    const check = [MPCERT, ...checkArgs(server, server.port)]
    const trust = ['--cacert', server.rootFile, '--no-fetch']
    const gate = [MPCERT, 'gate', ...server.files, '--host', HOST, ...trust]
    const [empty, version, gated, checked] = await timeInTurns(
      [[EMPTY], [MPCERT, '--version'], gate, check],
      TURNS,
    )
    const ratio = times => {
      const share = (median(times) / median(empty)).toFixed(2)
      return `${share} x empty Node (${median(times).toFixed(0)} ms, best ${times[0].toFixed(0)})`
    }
    say('empty Node', `${median(empty).toFixed(0)} ms`)
    say('mpcert --version (at most 2.5)', ratio(version))
    say('mpcert gate on three files (at most 6)', ratio(gated))
    say('mpcert check of a server on loopback (at most 8)', ratio(checked))
    say('its memory (at most 80 MiB)', `${(await measurePeak(check)).toFixed(0)} MiB`)
  } finally {
    server.stop()
  }
}
