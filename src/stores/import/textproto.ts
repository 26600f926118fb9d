/** Chrome's root_store.textproto (chromium, net/cert/root_store.proto): anchors by SHA-256, and what is demanded under each. */
import { DecodeError } from '../../errors.ts'
import { formatDay } from '../../text.ts'
import type { ImportedConstraint } from './imported.ts'

export interface ChromeList {
  readonly version: string
  /** SHA-256 of the anchors for TLS servers, hexadecimal. */
  readonly anchors: readonly string[]
  readonly constraints: readonly ImportedConstraint[]
}

/** Throws a DecodeError that names the line. */
export function parseRootStore(text: string): ChromeList {
  const root = parseMessage(text)
  const [version] = values(root, 'version_major')
  if (version === undefined || !/^\d{1,9}$/.test(version))
    throw new DecodeError('no version_major', 'textproto', 0)
  const anchors = [
    ...messages(root, 'trust_anchors'),
    ...messages(root, 'additional_certs').filter(
      ([...fields]) => values(fields, 'tls_trust_anchor')[0] === 'true',
    ),
  ].map(fields => ({ sha256: fingerprintOf(fields), fields }))
  return {
    version,
    anchors: anchors.map(({ sha256 }) => sha256),
    constraints: anchors.flatMap(({ sha256, fields }) => {
      const constraint = constraintOf(messages(fields, 'constraints'))
      return constraint ? [{ sha256, ...constraint }] : []
    }),
  }
}

type Field = readonly [name: string, value: string | Message, line: number]
type Message = readonly Field[]

function fingerprintOf(anchor: Message): string {
  const [sha256 = ''] = values(anchor, 'sha256_hex')
  if (/^[0-9a-f]{64}$/i.test(sha256)) return sha256.toLowerCase()
  throw new DecodeError(
    'an anchor without sha256_hex',
    `textproto line ${anchor[0]?.[2] ?? '?'}`,
    0,
  )
}

/**
 * One of the sets must hold. Those for older browsers than the newest one are left aside, and so is an anchor that
 * some set lets pass without a date.
 */
function constraintOf(sets: readonly Message[]): Omit<ImportedConstraint, 'sha256'> | null {
  const current = sets.filter(set => values(set, 'max_version_exclusive').length === 0)
  const dates = current.map(set => values(set, 'sct_not_after_sec')[0])
  const seconds = dates.map(Number)
  if (dates.length === 0 || !seconds.every(one => Number.isSafeInteger(one) && one > 0)) return null
  return { date: formatDay(Math.max(...seconds) * 1000) }
}

function values(message: Message, name: string): readonly string[] {
  return message.flatMap(([key, value]) =>
    key === name && typeof value === 'string' ? [value] : [],
  )
}

function messages(message: Message, name: string): readonly Message[] {
  return message.flatMap(([key, value]) =>
    key === name && typeof value !== 'string' ? [value] : [],
  )
}

const MAX_TOKENS = 1_000_000
const TOKEN =
  /\s+|#[^\n]*|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|([A-Za-z0-9_.+-]+)|([{}:;,])|(.)/gy

/** The text format of protocol buffers, as far as `name: value` and `name { ... }` go. */
function parseMessage(text: string): Message {
  const root: Field[] = []
  const open: Field[][] = [root]
  let line = 1
  let count = 0
  let name: string | null = null
  for (const match of text.matchAll(TOKEN)) {
    const [token, double, single, word, sign] = match
    const value = double ?? single ?? word
    const fail = (reason: string): never => {
      throw new DecodeError(reason, `textproto line ${line}`, match.index)
    }
    if (++count > MAX_TOKENS) fail(`more than ${MAX_TOKENS} words`)
    const message = open.at(-1) ?? fail('a brace too many')
    if (value !== undefined) {
      if (name === null) name = word ?? fail('a value without a name')
      else {
        message.push([name, value, line])
        name = null
      }
    } else if (sign === '{') {
      const inner: Field[] = []
      message.push([name ?? fail('a brace without a name'), inner, line])
      open.push(inner)
      name = null
    } else if (sign === '}') {
      if (name !== null || open.length === 1) fail('a brace that closes nothing')
      open.pop()
    } else if (sign === undefined && !/^[\s#]/.test(token))
      fail(`${JSON.stringify(token)} is not expected`)
    line += token.split('\n').length - 1
  }
  if (open.length > 1 || name !== null)
    throw new DecodeError('cut off', `textproto line ${line}`, 0)
  return root
}
