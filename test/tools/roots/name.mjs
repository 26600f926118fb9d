// Reads the text of a distinguished name (RFC 4514) where no certificate is at hand.

import { importSources } from '../bundle.mjs'

const [{ readDer }, { oid, sequence, setOf, utf8String }, { decodeName }] = await importSources(
  'x509/der.ts',
  'x509/der-writer.ts',
  'x509/name.ts',
)

const OIDS = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  DC: '0.9.2342.19200300.100.1.25',
}

/** The `Name.key` of a name in text. String types do not count in it, so UTF8String stands for all. */
export function rfc4514ToKey(text) {
  const rdns = split(text, ',').reverse()
  const der = sequence(...rdns.map(rdn => setOf(...split(rdn, '+').map(attribute))))
  return decodeName(readDer(der, 'name'), () => {}).key
}

function attribute(text) {
  const at = text.indexOf('=')
  const type = text.slice(0, at)
  const value = text.slice(at + 1).replace(/\\(.)/g, '$1')
  return sequence(oid(OIDS[type] ?? type), utf8String(value))
}

/** Splits where the separator is not escaped. */
function split(text, separator) {
  return text.match(new RegExp(`(?:\\\\.|[^\\\\${separator}])+`, 'g')) ?? []
}
