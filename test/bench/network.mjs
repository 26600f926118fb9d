// What a check asks of the network: round trips, connections, and what is learnt for it.
import { MPCERT, median, runNode, timeInTurns } from './command.mjs'
import { startDelayingProxy } from './delaying-proxy.mjs'
import { checkArgs, startServer } from './server.mjs'

const RTT_MS = 50
const TURNS = 9

export async function bench(say) {
  const server = await startServer()
  const [near, far] = [
    await startDelayingProxy(server.port, 0),
    await startDelayingProxy(server.port, RTT_MS),
  ]
  const counting = await startDelayingProxy(server.port, RTT_MS)
  try {
    const args = ({ port }) => [MPCERT, ...checkArgs(server, port)]
    const eager = one => [...args(one), '--max-connections', '24']
    const commands = [args(near), args(far), eager(near), eager(far)]
    const times = (await timeInTurns(commands, TURNS)).map(median)
    const [gently, eagerly] = [times[1] - times[0], times[3] - times[2]].map(ms => ms / RTT_MS)
    const { stdout } = await runNode([...args(counting), '--format', 'json'])
    const [target] = JSON.parse(stdout).targets
    const cells = target.platforms.flatMap(platform => platform.cells)
    const { total, atOnce, beforeAnswer } = counting.count
    say(`round trips of ${RTT_MS} ms (at most 8)`, `${gently.toFixed(1)} beyond the start`)
    say('with --max-connections 24 (at most 5)', `${eagerly.toFixed(1)} beyond the start`)
    say('connections to the address (at most 24)', total)
    say('before the first answer (1), at once (at most 8)', `${beforeAnswer}, ${atOnce}`)
    say('hellos sent, one a connection', total)
    say('platforms and cells judged', `${target.platforms.length}, ${cells.length}`)
  } finally {
    for (const one of [near, far, counting, server]) one.stop()
  }
}
