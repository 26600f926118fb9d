/** OpenSSL 3.5 and newer: X25519MLKEM768. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { groups, SUITES, schemes, versions } from '../wire/names.ts'
import openssl30 from './openssl-3.0.ts'

const hello: Hello = {
  id: 'openssl-3.5',
  title: same('OpenSSL 3.5'),
  evidence: 'captured',
  sources: ['testssl.sh@9fdf8028 etc/client-simulation.txt "OpenSSL 3.5.0 (git)"'],
  date: '2026-06-25',
  doubts: [],
  spec: {
    ...openssl30.spec,
    versions: versions('TLS 1.3', 'TLS 1.2'),
    suites: openssl30.spec.suites.filter(
      suite => suite !== SUITES.TLS_EMPTY_RENEGOTIATION_INFO_SCSV[0],
    ),
    groups: groups(
      'X25519MLKEM768',
      'x25519',
      'secp256r1',
      'x448',
      'secp384r1',
      'secp521r1',
      'ffdhe2048',
      'ffdhe3072',
    ),
    keyShares: groups('X25519MLKEM768', 'x25519'),
    signatureSchemes: schemes(
      'mldsa65',
      'mldsa87',
      'mldsa44',
      'ecdsa_secp256r1_sha256',
      'ecdsa_secp384r1_sha384',
      'ecdsa_secp521r1_sha512',
      'ed25519',
      'ed448',
      'ecdsa_brainpoolP256r1tls13_sha256',
      'ecdsa_brainpoolP384r1tls13_sha384',
      'ecdsa_brainpoolP512r1tls13_sha512',
      'rsa_pss_pss_sha256',
      'rsa_pss_pss_sha384',
      'rsa_pss_pss_sha512',
      'rsa_pss_rsae_sha256',
      'rsa_pss_rsae_sha384',
      'rsa_pss_rsae_sha512',
      'rsa_pkcs1_sha256',
      'rsa_pkcs1_sha384',
      'rsa_pkcs1_sha512',
      'ecdsa_sha224',
      'rsa_sha224',
      'dsa_sha224',
      'dsa_sha256',
      'dsa_sha384',
      'dsa_sha512',
    ),
    extensions: ['renegotiation_info', ...openssl30.spec.extensions],
  },
}

export default hello
