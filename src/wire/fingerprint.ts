/** JA3 and JA4, by which others name a client from its hello (salesforce/ja3 README, FoxIO-LLC/ja4 technical_details/JA4.md). */
import { createHash } from 'node:crypto'
import { fromBinary, sha256Hex, toHex, utf8 } from '../bytes.ts'
import { EXTENSIONS, isGrease, VERSIONS } from './names.ts'
import type { ParsedHello } from './parse-client-hello.ts'

/** MD5 of `ja3Text`, lower-case hexadecimal. */
export function ja3(hello: ParsedHello): string {
  return createHash('md5').update(ja3Text(hello)).digest('hex')
}

/** Version, suites, extensions, groups and point formats in decimal, in their order and without GREASE. */
export function ja3Text(hello: ParsedHello): string {
  const { legacyVersion, suites, extensions, groups, pointFormats } = hello
  const types = extensions.map(({ type }) => type)
  const lists = [suites, types, groups, pointFormats].map(list => meaningful(list).join('-'))
  return [legacyVersion, ...lists].join(',')
}

/** Such as `t13d1516h2_8daaf6152771_e5627efa2ab1`, for TLS over TCP. */
export function ja4(hello: ParsedHello): string {
  const suites = meaningful(hello.suites)
  const types = meaningful(hello.extensions.map(({ type }) => type))
  const domain = types.includes(EXTENSIONS.server_name) ? 'd' : 'i'
  const head = `t${versionOf(hello)}${domain}${count(suites)}${count(types)}${alpnOf(hello)}`
  const hashed = types.filter(
    type =>
      type !== EXTENSIONS.server_name && type !== EXTENSIONS.application_layer_protocol_negotiation,
  )
  const schemes = meaningful(hello.signatureSchemes).map(hex).join(',')
  const tail = schemes && `_${schemes}`
  return [head, hash(suites, ''), hash(hashed, tail)].join('_')
}

function meaningful(codes: readonly number[]): readonly number[] {
  return codes.filter(code => !isGrease(code))
}

/** The newest one offered. */
function versionOf({ versions, legacyVersion }: ParsedHello): string {
  const listed = meaningful(versions)
  return VERSION_SIGNS[listed.length > 0 ? Math.max(...listed) : legacyVersion] ?? '00'
}

const VERSION_SIGNS: Readonly<Record<number, string>> = {
  [VERSIONS['SSL 3.0']]: 's3',
  [VERSIONS['TLS 1.0']]: '10',
  [VERSIONS['TLS 1.1']]: '11',
  [VERSIONS['TLS 1.2']]: '12',
  [VERSIONS['TLS 1.3']]: '13',
}

function count(codes: readonly number[]): string {
  return String(Math.min(codes.length, 99)).padStart(2, '0')
}

/** First and last character of the first protocol; of its hexadecimal form where one of them is neither letter nor digit. */
function alpnOf({ alpn: [protocol] }: ParsedHello): string {
  if (protocol === undefined) return '00'
  const plain = /^[0-9a-z](?:.*[0-9a-z])?$/is.test(protocol)
  const text = plain ? protocol : toHex(fromBinary(protocol))
  return text.charAt(0) + text.charAt(text.length - 1)
}

/** The sorted list, and what follows it, as the first twelve digits of its SHA-256. */
function hash(codes: readonly number[], tail: string): string {
  if (codes.length === 0) return '000000000000'
  return sha256Hex(utf8(codes.map(hex).sort().join(',') + tail)).slice(0, 12)
}

function hex(code: number): string {
  return code.toString(16).padStart(4, '0')
}
