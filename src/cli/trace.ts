/** `-v`: every connection of a check and every fetch, with what came of it, in the terms of the protocol. */
import type { FetchResult } from '../connect/fetch.ts'
import type { Attempt, Observation } from '../observation.ts'
import { alertName, groupName, schemeName, suiteName, versionName } from '../wire/names.ts'

/** A line each, in the order in which they were begun. */
export function traceOf({ nodes, issuers, revocation }: Observation): readonly string[] {
  return [
    ...nodes.flatMap(({ address, attempts }) =>
      Object.entries(attempts).map(([hello, one]) => `${address.ip} ${hello}: ${outcome(one)}`),
    ),
    ...issuers.map(({ url, result }) => `${url ?? 'intermediates'}: ${fetched(result)}`),
    ...revocation.map(({ kind, url, result }) => `${kind} ${url}: ${fetched(result)}`),
  ]
}

function outcome(attempt: Attempt): string {
  switch (attempt.kind) {
    case 'failed':
      return `${attempt.error.code} ${attempt.error.text.en}`
    case 'alert':
      return `alert ${alertName(attempt.description)} (${attempt.description}) after ${attempt.after}`
    case 'closed':
      return `${attempt.how} after ${attempt.after}, ${attempt.bytes} bytes`
    case 'timeout':
      return `silence after ${attempt.after}, ${attempt.bytes} bytes`
    case 'not-tls':
      return `no TLS but ${attempt.looksLike}`
    case 'violation':
      return `${attempt.violation} after ${attempt.after}: ${attempt.detail}`
    default:
      return `${attempt.kind}: ${flight(attempt.server)}`
  }
}

function flight({
  version,
  cipher,
  group,
  signatureScheme,
  alpn,
  chain,
}: Exclude<Attempt, { kind: 'failed' }>['server']): string {
  const parts = [
    version === null ? null : versionName(version),
    cipher === null ? null : suiteName(cipher),
    group === null ? null : groupName(group),
    signatureScheme === null ? null : schemeName(signatureScheme),
    alpn,
    `${chain?.length ?? 0} certificates`,
  ]
  return parts.filter(part => part !== null).join(', ')
}

function fetched(result: FetchResult): string {
  if (result.state === 'fetched') return `${result.body.length} bytes`
  return [result.reason, result.detail].filter(part => part).join(' ')
}
