/** App Transport Security by release: three lists of suites, and the hello that a stack sends under one. */
import type { Hello } from '../hello.ts'
import type { Ats } from '../platform.ts'
import { same } from '../text.ts'
import { suites, VERSIONS } from '../wire/names.ts'

/** In every release, with SHA-256 signatures. The source of iOS 13.0 says EC 2048, later ones 256: taken for a slip. */
const KEYS = { rsaMinBits: 2048, ecMinBits: 256 } as const

const DOCUMENTATION =
  'https://developer.apple.com/documentation/security/preventing-insecure-network-connections'

const tls13 = suites(
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
)

const gcm = suites(
  'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
)

const chacha20 = suites(
  'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256',
  'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256',
)

const cbcSha2 = suites(
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256',
  'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256',
)

const cbcSha1 = suites(
  'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA',
  'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA',
  'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA',
)

const ecdheRsaAes256Sha1 = suites('TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA')

export const ats9: Ats = {
  ...KEYS,
  releases: 'iOS 9',
  suites: [...gcm, ...cbcSha2, ...cbcSha1],
  sources: [
    'https://developer.apple.com/library/archive/documentation/General/Reference/InfoPlistKeyReference/Articles/CocoaKeys.html',
    'testssl.sh@9fdf8028 etc/client-simulation.txt "Apple ATS 9 iOS 9": these suites of TLS 1.2',
  ],
}

/**
 * The list of iOS 9, presumed up to 12, and the suites of TLS 1.3, which 12.2 turns on for NSURLSession: no ChaCha20 for
 * TLS 1.2, and of the CBC suites with SHA-1 all but ECDHE-RSA-AES256.
 */
export const ats122: Ats = {
  ...KEYS,
  releases: 'iOS 12.2 – 12.5',
  suites: [...tls13, ...ats9.suites],
  sources: [
    ...ats9.sources,
    'Apple Platform Security, "TLS security": TLS 1.3 by default for NSURLSession from iOS 12.2',
  ],
}

export const ats13: Ats = {
  ...KEYS,
  releases: 'iOS 13 – 15.3',
  suites: [...tls13, ...gcm, ...chacha20, ...cbcSha2, ...cbcSha1, ...ecdheRsaAes256Sha1],
  sources: [
    DOCUMENTATION,
    'apple-oss-distributions/Security 59306.11.20, 59754.41.1, 60157.40.30 protocol/SecProtocolInternal.h CiphersuitesPFS',
  ],
}

/** CBC with SHA-256 and SHA-384 is gone, CBC with SHA-1 is not: a server with the former alone fails. */
export const ats154: Ats = {
  ...KEYS,
  releases: 'iOS 15.4 – 26',
  suites: [...tls13, ...gcm, ...chacha20, ...cbcSha1, ...ecdheRsaAes256Sha1],
  sources: [
    DOCUMENTATION,
    'apple-oss-distributions/Security 60158.100.133, 61040.1.3, 61439.1.1, 61901.0.87 protocol/SecProtocolInternal.h CiphersuitesPFS',
  ],
}

/**
 * The hello of a stack that ATS binds: the release's own with the suites of the list alone and TLS 1.2 or newer.
 * Evidence: the hello captured under ATS on iOS 9 is Safari's of iOS 9 with the list narrowed, but for the record version.
 */
export function restrictToAts(hello: Hello, ats: Ats): Hello {
  return {
    ...hello,
    id: `${hello.id}+ats`,
    title: same(`${hello.title.en} (ATS)`),
    evidence: 'described',
    sources: [...hello.sources, ...ats.sources],
    spec: {
      ...hello.spec,
      versions: hello.spec.versions.filter(version => version >= VERSIONS['TLS 1.2']),
      suites: hello.spec.suites.filter(suite => ats.suites.includes(suite)),
    },
  }
}
