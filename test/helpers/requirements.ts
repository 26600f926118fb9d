/** The rows of the platform document: what each states, and the rules that hold it; or, where no rule can, what shows it. */
import type { AnyRuleId } from '../../src/rule-book.ts'

export interface Row {
  readonly states: string
  readonly rules: readonly AnyRuleId[]
  /** Where it is no rule's: the test of requirements.test.ts, or the file, that holds it. */
  readonly heldBy?: string
}

export const ROWS: readonly Row[] = [
  row(1, 'only domains set in advance', 'domain-not-listed'),
  row(2, 'a list for each API', 'domain-listed-for-other-api'),
  row(3, 'no address of the device itself', 'url-loopback'),
  row(4, 'by IP on the same LAN alone', 'url-lan-ip'),
  row(5, 'https', 'scheme-not-https', 'port-speaks-plaintext'),
  row(6, 'wss', 'scheme-not-wss', 'wss-upgrade-failed'),
  row(7, 'tcp and udp', 'scheme-api-mismatch'),
  row(8, 'a domain is no IP address', 'domain-is-ip'),
  row(9, 'nor localhost', 'domain-is-localhost'),
  row(10, 'a port that is set is the only one', 'port-mismatch'),
  row(11, 'without one, none may be named', 'port-explicit-default', 'port-not-configured'),
  held(12, 'later, a wss entry allows every port', 'row 12'),
  row(13, 'timeouts of 60 s at most', 'timeout-over-max', 'timeout-invalid'),
  row(14, 'set in app.json', 'timeout-below-latency'),
  row(15, 'or by the call, which wins', 'timeout-call-over-max'),
  row(16, 'the fixed Referer', 'referer-blocked'),
  row(17, 'it cannot be set', 'referer-set-in-code'),
  row(18, 'its version', 'referer-version-dependent'),
  row(19, 'its appid', 'appid-missing'),
  row(20, 'ten requests at once', 'concurrency-over-10', 'server-parallel-limit'),
  row(21, 'five sockets', 'sockets-over-5'),
  row(22, 'five seconds in the background', 'slow-for-background'),
  held(23, 'then the API fails', 'row 23'),
  row(24, 'UTF-8', 'response-not-utf8', 'response-charset-missing'),
  row(25, 'one BOM', 'response-bom', 'response-multiple-bom'),
  row(26, 'success whatever the status', 'http-status-not-ok', 'statuscode-unchecked'),
  row(27, 'HTTPS or WSS', 'http-only'),
  held(28, 'no request where verification fails', 'rows 28 and 29'),
  held(29, 'platforms differ: the strictest counts', 'rows 28 and 29'),
  row(
    30,
    'a valid certificate',
    'cert-malformed',
    'cert-signature-bad',
    'cert-weak-signature',
    'cert-revoked',
    'cert-eku-missing',
    'key-mismatch',
    'key-reused',
    'leaf-is-ca',
    'key-unsupported',
    'chain-constraint-violated',
    'chain-too-complex',
  ),
  row(
    31,
    'a root built into the system',
    'root-untrusted',
    'root-missing-on-old-os',
    'trust-changes',
  ),
  row(
    32,
    "the site's own name",
    'hostname-mismatch',
    'names-lost',
    'san-missing',
    'default-certificate-differs',
  ),
  row(
    33,
    'not expired',
    'cert-expired',
    'cert-not-yet-valid',
    'intermediate-expired',
    'cert-expiring',
    'older-than-live',
  ),
  row(34, 'a complete chain', 'chain-incomplete'),
  row(
    35,
    'and nothing else in it',
    'leaf-not-first',
    'chain-order',
    'chain-duplicate',
    'chain-contains-root',
    'chain-unrelated-cert',
    'chain-extra-expired',
  ),
  row(36, 'not self-signed', 'cert-self-signed'),
  row(37, 'ATS: TLS 1.2', 'ats-tls-version'),
  row(38, 'ATS: suites', 'ats-cipher-not-allowed'),
  row(39, 'ATS: keys', 'ats-key-too-small'),
  row(40, 'ATS: hashes', 'ats-weak-signature'),
  row(
    41,
    "Apple's further rules",
    'cert-lifetime-too-long',
    'cert-lifetime-over-schedule',
    'ct-missing',
    'ct-unverified',
  ),
  row(42, 'TLS 1.2 or above', 'tls-too-old'),
  row(43, 'which old Androids lack', 'tls13-only', 'tls-legacy-enabled'),
  row(44, 'watch the CAs', 'ca-distrusted', 'ca-distrust-scheduled', 'root-expiring'),
  held(45, 'openssl s_client shows it', 'row 45'),
  row(46, 'images, sounds and films too', 'asset-host-problem', 'asset-not-https'),
  row(47, 'the option of DevTools', 'urlcheck-disabled'),
  held(48, 'with it nothing is verified there', 'test/cli/project-live.test.ts'),
  row(49, 'switch it off again', 'urlcheck-disabled'),
  held(50, 'works with debugging alone', 'row 50'),
  row(51, 'the verification file', 'verify-file-unreachable'),
]

/** What the document does not say, but its readers meet. */
export const BESIDE: readonly AnyRuleId[] = [
  'client-certificate-required',
  'handshake-no-common-version',
  'handshake-no-common-cipher',
  'handshake-no-common-group',
  'handshake-no-common-signature',
  'handshake-refused',
  'handshake-broken',
  'http-broken',
  'redirect-off-list',
  'api-weixin-listed',
  'hello-size-intolerant',
  'version-intolerant',
  'addresses-differ',
  'address-unreachable',
  'weak-cipher-accepted',
  'weak-dh-group',
  'compression-enabled',
  'insecure-renegotiation',
  'must-staple-without-staple',
  'ocsp-staple-invalid',
  'sni-required',
  'sni-unrecognized',
  'revocation-unknown',
  'icp-not-verifiable',
  'ignore-expired',
]

function row(number: number, states: string, ...rules: readonly AnyRuleId[]): Row {
  return { states: `${number}: ${states}`, rules }
}

function held(number: number, states: string, heldBy: string): Row {
  return { states: `${number}: ${states}`, rules: [], heldBy }
}
