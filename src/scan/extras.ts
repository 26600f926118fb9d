/** What a server does beside suites and groups: tickets, 0-RTT, compression, renegotiation, fallback. */
import type { Choice } from '../wire/glance.ts'
import { ALERTS, EXTENSIONS, SUITES, VERSIONS } from '../wire/names.ts'
import type { Ticket } from '../wire/session.ts'
import type { Asker } from './asker.ts'
import { suitesFor } from './offers.ts'
import { protocolOf, type ScanExtras, VERSION_CODES } from './scan-facts.ts'

const TLS_1_2 = VERSIONS['TLS 1.2']
const TLS_1_3 = VERSIONS['TLS 1.3']

/** `version` is the newest before TLS 1.3 that the server speaks. */
export async function askExtras(
  asker: Asker,
  version: number | null,
  speaks13: boolean,
  choices: readonly Choice[],
): Promise<ScanExtras> {
  const tickets: ScanExtras['tickets'][number][] = []
  let maxEarlyData: number | null = null
  const askTicket = async (asked: number) => {
    const tell: { ticket: Ticket | null } = { ticket: null }
    const { likely, common } = suitesFor(asked)
    const onTicket = (ticket: Ticket) => {
      tell.ticket ??= ticket
    }
    const offer = { version: asked, suites: [...likely, ...common] }
    const answer = await asker.insist(held => asker.handshake(offer, { held, onTicket }))
    const name = protocolOf(asked)
    if (answer.kind !== 'completed' || !name) return
    tickets.push({ version: name, lifetimeS: tell.ticket?.lifetimeS ?? 'none' })
    if (asked === TLS_1_3) maxEarlyData = tell.ticket?.maxEarlyData ?? 0
  }
  const [fallbackScsv, compression] = await Promise.all([
    askFallback(asker, version, speaks13),
    version === null ? null : askCompression(asker, version),
    version === null || version === VERSION_CODES.SSLv3 ? null : askTicket(version),
    speaks13 ? askTicket(TLS_1_3) : null,
  ])
  const said = choices.find(choice => choice.version === version && version > VERSION_CODES.SSLv3)
  return {
    fallbackScsv,
    compression,
    extendedMasterSecret: said?.extensions.has(EXTENSIONS.extended_master_secret) ?? null,
    secureRenegotiation: said?.extensions.has(EXTENSIONS.renegotiation_info) ?? null,
    tickets: tickets.sort((a, b) => (a.version < b.version ? -1 : 1)),
    maxEarlyData,
  }
}

/** One version below the newest the server speaks: it must refuse that as a fallback nobody needed (RFC 7507 §3). */
async function askFallback(
  asker: Asker,
  version: number | null,
  speaks13: boolean,
): Promise<boolean | null> {
  const asked = speaks13 ? TLS_1_2 : (version ?? 0) - 1
  if (asked < VERSION_CODES.TLSv1) return null
  const { likely, common } = suitesFor(asked)
  const suites = [...likely, ...common, SUITES.TLS_FALLBACK_SCSV[0]]
  const answer = await asker.insist(held => asker.glance({ version: asked, suites }, held))
  if (answer.kind === 'alert' && answer.description === ALERTS.inappropriate_fallback) return true
  return answer.kind === 'chosen' ? false : null
}

async function askCompression(asker: Asker, version: number): Promise<boolean | null> {
  const { likely, common } = suitesFor(version)
  const suites = [...likely, ...common]
  const offer = { version, suites, compressionMethods: [DEFLATE, 0] }
  const answer = await asker.insist(held => asker.glance(offer, held))
  return answer.kind === 'chosen' ? answer.compression !== 0 : null
}

/** RFC 3749 §2. */
const DEFLATE = 1
