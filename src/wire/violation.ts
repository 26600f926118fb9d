/** How a handshake ends before its time: thrown inside the client, turned into an outcome at one place. */
import { DecodeError } from '../errors.ts'
import { ALERTS, type AlertName } from './names.ts'
import type { HandshakeEnd, Stage, Violation } from './outcome.ts'

/** The server broke the protocol; `alert` is what a client tells it. */
export class ProtocolViolation extends Error {
  readonly violation: Violation
  readonly alert: number

  constructor(violation: Violation, detail: string, alert: AlertName) {
    super(detail)
    this.violation = violation
    this.alert = ALERTS[alert]
  }
}

/** The server, the network or the clock ended it; or we stop because we cannot compute what was negotiated. */
export class Interruption extends Error {
  readonly end: (after: Stage) => HandshakeEnd

  constructor(end: (after: Stage) => HandshakeEnd) {
    super('interrupted')
    this.end = end
  }
}

export function violate(violation: Violation, detail: string, alert: AlertName): never {
  throw new ProtocolViolation(violation, detail, alert)
}

/** Something nobody offered. */
export function notOffered(detail: string, alert: AlertName = 'illegal_parameter'): never {
  return violate('parameter-not-offered', `${detail} was not offered`, alert)
}

export function illegal(detail: string): never {
  return violate('illegal-parameter', detail, 'illegal_parameter')
}

/** The flight is valid so far, and we lack the arithmetic to read on. */
export function stopHere(): never {
  throw new Interruption(() => ({ kind: 'server-hello' }))
}

/** How what was thrown ends a handshake. @throws what is neither the server's doing nor the network's: that is a bug */
export function endOf(error: unknown, stage: Stage): HandshakeEnd {
  if (error instanceof Interruption) return error.end(stage)
  if (error instanceof ProtocolViolation)
    return { kind: 'violation', violation: error.violation, detail: error.message, after: stage }
  if (error instanceof DecodeError)
    return { kind: 'violation', violation: 'decode', detail: error.message, after: stage }
  throw error
}
