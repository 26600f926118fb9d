/** Issuers that the server did not send: from the user's library, or the caIssuers URLs of what it did send (RFC 5280 §4.2.2.1). */

import { DecodeError } from '../errors.ts'
import type { FetchedIssuer } from '../observation.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { readCertificates } from '../x509/container.ts'

/** What a search for issuers brought, and what it did not. */
export interface IssuerSearch {
  readonly found: readonly Certificate[]
  /** Whether the issuer of this certificate could be had: nobody says where, or nobody answered there. */
  stateOf(certificate: Certificate): 'no-url' | 'unavailable' | 'answered'
  urlOf(certificate: Certificate): string | null
}

export function readIssuers(fetched: readonly FetchedIssuer[]): IssuerSearch {
  const byUrl = new Map(fetched.map(({ url, result }) => [url, result]))
  return {
    found: fetched.flatMap(({ result }) =>
      result.state === 'fetched' ? decodeIssuers(result.body) : [],
    ),
    urlOf: issuerUrl,
    stateOf(certificate) {
      const url = issuerUrl(certificate)
      if (url === null) return 'no-url'
      return byUrl.get(url)?.state === 'fetched' ? 'answered' : 'unavailable'
    },
  }
}

/** The first caIssuers URL that can be fetched. */
export function issuerUrl({ authorityInfoAccess }: Certificate): string | null {
  return authorityInfoAccess?.caIssuers.find(url => /^https?:\/\//i.test(url)) ?? null
}

/** What is no certificate is passed over, be it the whole body or one among several. */
function decodeIssuers(body: Uint8Array): readonly Certificate[] {
  const found = readable(() => readCertificates(body)) ?? []
  return found.flatMap(der => readable(() => parseCertificate(der)) ?? [])
}

function readable<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof DecodeError) return null
    throw error
  }
}
