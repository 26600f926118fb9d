/** Documents that several rules cite. */

/** The platform's own words: what a Mini Program's server must satisfy. */
export const platformDocument =
  'https://www.tencentcloud.com/document/product/1219/61745 (Network, 2024-11-21)'

export const atsDocument =
  'https://developer.apple.com/documentation/security/preventing-insecure-network-connections'

export const atsCode =
  'apple-oss-distributions/Security 61901.0.87 protocol/SecProtocolConfiguration.m, SecProtocolInternal.h'

export const apple13 =
  'https://support.apple.com/en-us/103769 (requirements for trusted certificates)'

export const rfc5280 = (section: string) => `RFC 5280 section ${section}`
