/** Which of the known hellos one looks like. */
import type { Hello } from '../hello.ts'
import type { ClientHelloSpec, ExtensionSpec } from '../wire/client-hello.ts'
import { EXTENSIONS } from '../wire/names.ts'

/** What apps vary over the same library: an extension more, a group less. */
const MAX_DIFFERENCES = 3

/** The known hello of the same suites in the same order that differs least elsewhere; null where each differs too much. */
export function nearestHello(spec: ClientHelloSpec, known: Iterable<Hello>): Hello | null {
  let nearest: Hello | null = null
  let least = MAX_DIFFERENCES + 1
  for (const hello of known) {
    const count = differences(spec, hello.spec)
    if (count < least) [nearest, least] = [hello, count]
  }
  return nearest
}

/** How many values stand in one of the two alone. The protocols of ALPN are the app's own, GREASE and padding nobody's. */
function differences(a: ClientHelloSpec, b: ClientHelloSpec): number {
  const sameSuites =
    a.suites.length === b.suites.length &&
    a.suites.every((suite, index) => suite === b.suites[index])
  if (!sameSuites || a.versions[0] !== b.versions[0]) return Number.POSITIVE_INFINITY
  const [left, right] = [visible(a), visible(b)]
  return left.reduce((sum, list, index) => sum + unshared(list, right[index] ?? []), 0)
}

function unshared(a: readonly number[], b: readonly number[]): number {
  return a.filter(code => !b.includes(code)).length + b.filter(code => !a.includes(code)).length
}

/** The types of extension, and the lists that stand in one: others of the spec are not seen. */
function visible(spec: ClientHelloSpec): readonly (readonly number[])[] {
  const types = spec.extensions.filter(extension => !isNobodys(extension)).map(typeOf)
  const lists = [
    [EXTENSIONS.supported_groups, spec.groups],
    [EXTENSIONS.key_share, spec.keyShares],
    [EXTENSIONS.signature_algorithms, spec.signatureSchemes],
    [EXTENSIONS.supported_versions, spec.versions],
  ] as const
  return [types, ...lists.map(([type, list]) => (types.includes(type) ? list : []))]
}

function isNobodys(extension: ExtensionSpec): boolean {
  return extension === 'grease' || typeOf(extension) === EXTENSIONS.padding
}

function typeOf(extension: ExtensionSpec): number {
  if (typeof extension !== 'string') return extension.type
  return extension === 'grease' ? -1 : EXTENSIONS[extension]
}
