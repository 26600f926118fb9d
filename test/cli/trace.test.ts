// `-v`: every connection, on stderr, whatever came of it.
import { expect, it } from 'vitest'
import { runCli } from '../helpers/cli.ts'
import { closedPort, identity, startTcp, startTls } from '../helpers/tls-server.ts'

it('names each hello, with what was negotiated', async () => {
  const { cert, key } = identity('ec-p256')
  const target = `127.0.0.1:${await startTls({ cert, key })}`
  const { stdout, stderr } = await runCli(['check', target, '--no-fetch', '-v'])
  expect(stderr).toMatch(/^mpcert: 127\.0\.0\.1 openssl-1\.1\.1d: completed: TLS 1\.3, TLS_\w+, /m)
  expect(stderr).toMatch(/^mpcert: 127\.0\.0\.1 \S+: server-hello: TLS 1\.2, .*, 1 certificates$/m)
  expect(stderr).toMatch(/^mpcert: 127\.0\.0\.1 tls-1\.1: alert protocol_version \(70\) after /m)
  expect(stdout).not.toContain('openssl-1.1.1d:')
  expect((await runCli(['check', target, '--no-fetch', '-v', '-q'])).stderr).toBe('')
})

it('says what was there instead of TLS', async () => {
  const port = await startTcp(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  const { stderr } = await runCli(['check', `127.0.0.1:${port}`, '-v'])
  expect(stderr).toMatch(/no TLS but http/)
  const gone = await runCli(['check', `127.0.0.1:${await closedPort()}`, '-v'])
  expect(gone.code).toBe(3)
})
