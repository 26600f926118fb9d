// A long way on loopback: bytes arrive half a round trip later, and a connection takes a whole one to open, which the
// first bytes of the client make up for, since the system opens it at once.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/** In front of that port. It also counts: connections in all, at once, and before the first one was answered. */
export async function startDelayingProxy(port, rttMs) {
  const count = { total: 0, open: 0, atOnce: 0, beforeAnswer: 0 }
  let answered = false
  const server = createServer(client => {
    const upstream = connect(port, '127.0.0.1')
    count.total++
    count.open++
    // Of one whose FIN came before this one's SYN the system may tell after it.
    setTimeout(() => {
      count.atOnce = Math.max(count.atOnce, count.open)
    }, 1)
    if (!answered) count.beforeAnswer++
    // Open until the client says that it is done.
    let isOpen = true
    const leave = () => {
      if (isOpen) count.open--
      isOpen = false
    }
    client.once('end', leave).once('close', leave)
    upstream.once('data', () => {
      answered = true
    })
    carry(client, upstream, rttMs / 2, rttMs)
    carry(upstream, client, rttMs / 2, 0)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { port: server.address().port, count, stop: () => server.close() }
}

/** In order: a timer set later with the same delay fires later, and what follows the first bytes never overtakes them. */
function carry(from, to, delayMs, openingMs) {
  const opensAt = performance.now() + openingMs
  const later = action =>
    setTimeout(action, Math.max(performance.now(), opensAt) + delayMs - performance.now())
  from.on('data', bytes => later(() => to.write(bytes)))
  from.on('end', () => later(() => to.end()))
  from.on('error', () => later(() => to.destroy()))
}
