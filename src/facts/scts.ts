/** The certificate timestamps of one handshake, from all three places, each verified once. */
import { sha256Hex } from '../bytes.ts'
import { type CheckedSct, checkSct, type SctContext, type SctOrigin } from '../chain/sct.ts'
import { DecodeError } from '../errors.ts'
import type { ServerFlight } from '../wire/outcome.ts'
import type { World } from '../world.ts'
import type { Certificate, Sct } from '../x509/certificate.ts'
import { readDer } from '../x509/der.ts'
import { parseOcspResponse } from '../x509/ocsp.ts'
import { EXTENSION_OID } from '../x509/oids.ts'
import { decodeSctExtension, decodeSctList } from '../x509/sct.ts'

/** What a handshake brings beside the certificates. */
export type Delivery = Pick<ServerFlight, 'sctList' | 'ocspStaple'>

export const NO_DELIVERY: Delivery = { sctList: null, ocspStaple: null }

/** Clients and hellos differ, but what they see rarely does. */
export class SctBook {
  private readonly world: World
  private readonly checked = new Map<string, readonly CheckedSct[]>()

  constructor(world: World) {
    this.world = world
  }

  /** `issuer` is the certificate above the leaf in the path; without it embedded ones cannot be verified. */
  of(
    leaf: Certificate,
    issuer: Certificate | null,
    { sctList, ocspStaple }: Delivery,
  ): readonly CheckedSct[] {
    const delivered = [sctList, ocspStaple].map(bytes => (bytes ? sha256Hex(bytes) : ''))
    const key = [leaf.sha256, issuer?.spkiSha256 ?? '', ...delivered].join(' ')
    const known = this.checked.get(key)
    if (known) return known
    const { world } = this
    const check = (origin: SctOrigin, scts: readonly Sct[]) =>
      scts.map(sct => {
        const context: SctContext = { leaf, issuer, logs: world.ctLogs, at: world.at }
        return checkSct(sct, origin, context)
      })
    const checked = [
      ...check('embedded', leaf.signedCertificateTimestamps ?? []),
      ...check('tls', sctList ? readable(() => decodeSctList(sctList)) : []),
      ...check('ocsp', ocspStaple ? readable(() => stapledScts(ocspStaple)) : []),
    ]
    this.checked.set(key, checked)
    return checked
  }
}

/** A response may be about many certificates; no server sends more lists than this. */
const MAX_LISTS = 10

/** Timestamps inside an OCSP response (RFC 6962 §3.3). Throws a DecodeError. */
function stapledScts(staple: Uint8Array): readonly Sct[] {
  const response = parseOcspResponse(staple)
  if (response.state === 'error') return []
  return response.responses
    .flatMap(({ extensions }) => extensions)
    .filter(({ oid }) => oid === EXTENSION_OID.ocspTimestamps)
    .slice(0, MAX_LISTS)
    .flatMap(({ value }) => decodeSctExtension(readDer(value, 'ocspTimestamps')))
}

/** A list that cannot be read holds none. */
function readable(decode: () => readonly Sct[]): readonly Sct[] {
  try {
    return decode()
  } catch (error) {
    if (error instanceof DecodeError) return []
    throw error
  }
}
