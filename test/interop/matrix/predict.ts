/** What mpcert says would become of a client: its hello sent again to the server, and its own rules applied. */
import { X509Certificate } from 'node:crypto'
import { connectTcp } from '../../../src/connect/tcp.ts'
import { predict } from '../../../src/facts/objection.ts'
import type { Limits } from '../../../src/limits.ts'
import type { ClientHelloSpec } from '../../../src/wire/client-hello.ts'
import { groupName, suiteName, versionName } from '../../../src/wire/names.ts'
import type { Handshake } from '../../../src/wire/outcome.ts'
import { tlsHandshake } from '../../../src/wire/tls.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import { HOST } from '../pki.ts'
import type { Chosen } from './flight.ts'

export interface Foretold {
  /** Null where mpcert does not know. */
  readonly connects: boolean | null
  readonly chosen: Chosen | null
  readonly why: string
}

const TIMEOUT_MS = 15_000

export async function foretell(
  port: number,
  spec: ClientHelloSpec,
  limits: Limits,
): Promise<Foretold> {
  const { socket } = await connectTcp({ ip: '127.0.0.1', family: 4 }, port, TIMEOUT_MS)
  const answer = await tlsHandshake(socket, {
    spec,
    serverName: HOST,
    complete: () => true,
    leafKey: certificate => new X509Certificate(certificate).publicKey,
    timeouts: { readMs: TIMEOUT_MS, totalMs: TIMEOUT_MS },
  })
  const [leaf] = answer.server.chain ?? []
  const { connects, objection } = predict(
    answer,
    { spec, limits },
    leaf ? parseCertificate(leaf) : null,
  )
  const why = objection ? `${objection.to} ${objection.choice}` : describe(answer)
  return { connects, chosen: chosenIn(answer), why }
}

function chosenIn({ server: { version, cipher, group, dhBits } }: Handshake): Chosen | null {
  if (version === null || cipher === null) return null
  const named = group === null ? null : groupName(group)
  return {
    version: versionName(version),
    suite: suiteName(cipher),
    group: dhBits !== null && version < 0x0304 ? `DH ${dhBits}` : named,
  }
}

function describe(answer: Handshake): string {
  switch (answer.kind) {
    case 'alert':
      return `alert ${answer.description} after ${answer.after}`
    case 'violation':
      return `${answer.violation} after ${answer.after}: ${answer.detail}`
    default:
      return answer.kind
  }
}
