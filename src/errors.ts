/** What went wrong on our side or in the user's input. What a server does wrong is a value, never an error. */
import { faultInChinese } from './fault-words.ts'
import type { Text } from './text.ts'

export type ErrorCode =
  | 'ERR_USAGE'
  | 'ERR_DNS'
  | 'ERR_CONNECT'
  | 'ERR_TIMEOUT'
  | 'ERR_PROXY'
  | 'ERR_STARTTLS'
  | 'ERR_DECODE'
  | 'ERR_FETCH'
  | 'ERR_LIMIT'
  | 'ERR_FILE'
  | 'ERR_LOCKED'

/** The step of a check in which an error happened. */
export type Phase =
  | 'usage'
  | 'resolve'
  | 'connect'
  | 'proxy'
  | 'starttls'
  | 'handshake'
  | 'fetch'
  | 'read'

export interface ErrorDetails {
  readonly phase?: Phase
  /** The system's own code, such as `ECONNREFUSED` or `ENOTFOUND`. */
  readonly system?: string
  readonly cause?: unknown
}

/** An error with a stable `code`; its text is one line for a human. */
export class MpcertError extends Error {
  readonly code: ErrorCode
  readonly text: Text
  readonly phase: Phase | null
  readonly system: string | null

  constructor(code: ErrorCode, text: Text, details: ErrorDetails = {}) {
    super(text.en, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.code = code
    this.text = text
    this.phase = details.phase ?? null
    this.system = details.system ?? null
  }
}

/** The user asked for something that cannot be done: exit code 2. */
export class UsageError extends MpcertError {
  constructor(text: Text, details: ErrorDetails = {}) {
    super('ERR_USAGE', text, { phase: 'usage', ...details })
  }
}

/** Bytes that do not follow their format. `offset` counts from the start of the outermost value. */
export class DecodeError extends MpcertError {
  /** Where in the structure, outermost first, such as `certificate.tbsCertificate.validity`. */
  readonly path: string
  readonly offset: number
  /** What is wrong, without the place. */
  readonly reason: string

  constructor(reason: string, path: string, offset: number) {
    super('ERR_DECODE', {
      en: `${path}: ${reason} at byte ${offset}`,
      // Of many that are caught, few are shown.
      get 'zh-CN'() {
        return faultInChinese(reason, path, offset)
      },
    })
    this.path = path
    this.offset = offset
    this.reason = reason
  }
}

/** The system's error code (`ECONNRESET`, ...) of anything thrown, if it has one. */
export function systemCode(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : null
}
