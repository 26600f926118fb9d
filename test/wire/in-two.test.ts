// A ClientHello in two pieces: the server reads the first one before the second is sent.
import { expect, it } from 'vitest'
import { identity, startTcp, startTls } from '../helpers/tls-server.ts'
import { shake } from './connect.ts'

it('comes in two', async () => {
  const pieces: Buffer[] = []
  const port = await startTcp(socket => {
    socket.on('data', piece => {
      pieces.push(piece)
      if (pieces.length === 2) socket.destroy()
    })
  })
  await shake(port, { inTwo: true })
  const whole = Buffer.concat(pieces)
  expect(pieces).toHaveLength(2)
  expect(whole).toHaveLength(5 + whole.readUInt16BE(3))
})

it('is none the worse for it', async () => {
  const { key, cert } = identity('ec-p256')
  const port = await startTls({ key, cert })
  expect(await shake(port, { inTwo: true })).toMatchObject({ kind: 'completed' })
})
