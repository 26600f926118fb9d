import { describe, expect, test } from 'vitest'
import { concat } from '../../src/bytes.ts'
import { CERTIFICATE_REQUEST, message, NEW_SESSION_TICKET } from '../../src/wire/messages.ts'
import { ALERTS, EXTENSIONS } from '../../src/wire/names.ts'
import type { Input } from '../../src/wire/record.ts'
import { identity, startTls } from '../helpers/tls-server.ts'
import { shake } from './connect.ts'
import { FIN, QUIET } from './drive.ts'
import { extension, extensions, run13 } from './fake-server.ts'

const ASKS = { ...identity('ec-p256'), requestCert: true, rejectUnauthorized: false }

describe('a server that asks for a client certificate', () => {
  test('TLS 1.2: and goes on without one', async () => {
    const port = await startTls({ ...ASKS, maxVersion: 'TLSv1.2' })
    expect(await shake(port)).toMatchObject({
      kind: 'completed',
      server: { version: 0x0303, clientAuth: 'asked' },
    })
  })

  test('TLS 1.3: and goes on without one, which only its silence tells', async () => {
    const startedAt = performance.now()
    expect(await shake(await startTls(ASKS))).toMatchObject({
      kind: 'completed',
      server: { version: 0x0304, clientAuth: 'asked', sessionTicket: true },
    })
    expect(performance.now() - startedAt).toBeGreaterThan(490)
  })

  test.each(['TLSv1.2', 'TLSv1.3'] as const)(
    '%s: unknown where we stop before',
    async maxVersion => {
      const port = await startTls({ ...ASKS, maxVersion })
      expect(await shake(port, { complete: () => false })).toMatchObject({
        kind: 'server-hello',
        server: { clientAuth: 'asked-unknown' },
      })
    },
  )

  test.each([
    ['TLSv1.2', ALERTS.handshake_failure, 'flight'],
    ['TLSv1.3', ALERTS.certificate_required, 'finished'],
  ] as const)('%s: and refuses without one', async (maxVersion, description, after) => {
    const port = await startTls({ ...ASKS, rejectUnauthorized: true, maxVersion })
    expect(await shake(port)).toMatchObject({
      kind: 'alert',
      description,
      after,
      server: { clientAuth: 'required' },
    })
  })
})

describe('after the Finished of a server of TLS 1.3 that asked', () => {
  const request = message(
    CERTIFICATE_REQUEST,
    concat([
      Uint8Array.of(0),
      extensions(extension(EXTENSIONS.signature_algorithms, Uint8Array.of(0, 2, 4, 3))),
    ]),
  )
  const ticket = [22, message(NEW_SESSION_TICKET, new Uint8Array(20))] as const
  const run = (after: readonly (readonly [number, Uint8Array])[], last: Input) =>
    run13({ request, after }, last).handshake

  test('a ticket alone settles nothing: it may be older than our answer', () => {
    const refused = run([ticket, [21, Uint8Array.of(2, ALERTS.certificate_required)]], QUIET)
    expect(refused).toMatchObject({
      kind: 'alert',
      after: 'finished',
      server: { clientAuth: 'required', sessionTicket: true },
    })
    expect(run([ticket], QUIET)).toMatchObject({
      kind: 'completed',
      server: { clientAuth: 'asked' },
    })
  })

  test('data settles it, and endless tickets have their budget', () => {
    const data = [23, Uint8Array.of(1)] as const
    expect(run([ticket, data, [21, Uint8Array.of(2, 80)]], FIN)).toMatchObject({
      kind: 'completed',
      server: { clientAuth: 'asked' },
    })
    const large = [22, message(NEW_SESSION_TICKET, new Uint8Array(16_000))] as const
    expect(run(Array(70).fill(large), QUIET)).toMatchObject({
      kind: 'violation',
      violation: 'over-budget',
      after: 'finished',
      bytes: expect.toSatisfy((bytes: number) => bytes > 2 ** 20 && bytes < 2 ** 20 + 17_000),
    })
  })

  test('hanging up without a word is a refusal', () => {
    expect(run([], FIN)).toMatchObject({
      kind: 'closed',
      how: 'fin',
      after: 'finished',
      server: { clientAuth: 'required' },
    })
    expect(run([[21, Uint8Array.of(1, ALERTS.close_notify)]], FIN)).toMatchObject({
      kind: 'alert',
      server: { clientAuth: 'required' },
    })
  })

  test('an alert about something else tells nothing about certificates', () => {
    expect(run([[21, Uint8Array.of(2, ALERTS.internal_error)]], FIN)).toMatchObject({
      kind: 'alert',
      server: { clientAuth: 'asked-unknown' },
    })
  })
})

describe('after the Finished of a server of TLS 1.3 that did not ask', () => {
  test('hanging up in good order is no refusal, a reset is', () => {
    expect(run13({}, FIN).handshake.kind).toBe('completed')
    const goodbye = [21, Uint8Array.of(1, ALERTS.close_notify)] as const
    expect(run13({ after: [goodbye] }, FIN).handshake.kind).toBe('completed')
    expect(run13({}, { kind: 'end', how: 'reset' }).handshake).toMatchObject({
      kind: 'closed',
      how: 'reset',
      after: 'finished',
    })
  })

  test('an alert is one', () => {
    const alert = [21, Uint8Array.of(2, ALERTS.decrypt_error)] as const
    expect(run13({ after: [alert] }, FIN).handshake).toMatchObject({
      kind: 'alert',
      description: ALERTS.decrypt_error,
      after: 'finished',
      server: { clientAuth: 'not-asked' },
    })
  })

  test('no ticket within a moment is noted', () => {
    expect(run13({}, QUIET).handshake).toMatchObject({
      kind: 'completed',
      server: { sessionTicket: false },
    })
  })
})
