/** The certificates of an import: each must be readable, and none may come with its private key. */
import { DecodeError } from '../../errors.ts'
import { type Certificate, parseCertificate } from '../../x509/certificate.ts'
import { readContainer } from '../../x509/container.ts'

/** All of one file, each once. Throws a DecodeError that says which block of which file is at fault. */
export function importCertificates(bytes: Uint8Array, file: string): readonly Certificate[] {
  const found = readContainer(bytes).flatMap(({ kind, der, line }) => {
    const place = line === null ? file : `${file} line ${line}`
    if (kind.endsWith('private-key'))
      throw new DecodeError('a private key has no place among certificates', place, 0)
    return kind === 'certificate' ? [importCertificate(der, place)] : []
  })
  return unique(found)
}

/** One certificate, readable and with a lifetime. `place` is where it stands, for the error. */
export function importCertificate(der: Uint8Array, place: string): Certificate {
  const certificate = parse(der, place)
  if (certificate.notAfter < certificate.notBefore)
    throw new DecodeError('a certificate that ends before it begins', place, 0)
  if (certificate.basicConstraints?.ca === false)
    throw new DecodeError(`${certificate.subject.text} is no CA`, place, 0)
  return certificate
}

export function unique(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...new Map(certificates.map(one => [one.sha256, one])).values()]
}

function parse(der: Uint8Array, place: string): Certificate {
  try {
    return parseCertificate(der)
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw new DecodeError(error.reason, `${place}: ${error.path}`, error.offset)
  }
}
