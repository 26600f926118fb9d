// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { Rule } from '../rule.ts'
import address_unreachable_ from './address-unreachable.ts'
import addresses_differ_ from './addresses-differ.ts'
import ats_cipher_not_allowed_ from './ats-cipher-not-allowed.ts'
import ats_key_too_small_ from './ats-key-too-small.ts'
import ats_tls_version_ from './ats-tls-version.ts'
import ats_weak_signature_ from './ats-weak-signature.ts'
import ca_distrust_scheduled_ from './ca-distrust-scheduled.ts'
import ca_distrusted_ from './ca-distrusted.ts'
import cert_eku_missing_ from './cert-eku-missing.ts'
import cert_expired_ from './cert-expired.ts'
import cert_expiring_ from './cert-expiring.ts'
import cert_lifetime_over_schedule_ from './cert-lifetime-over-schedule.ts'
import cert_lifetime_too_long_ from './cert-lifetime-too-long.ts'
import cert_malformed_ from './cert-malformed.ts'
import cert_not_yet_valid_ from './cert-not-yet-valid.ts'
import cert_revoked_ from './cert-revoked.ts'
import cert_self_signed_ from './cert-self-signed.ts'
import cert_signature_bad_ from './cert-signature-bad.ts'
import cert_weak_signature_ from './cert-weak-signature.ts'
import chain_constraint_violated_ from './chain-constraint-violated.ts'
import chain_contains_root_ from './chain-contains-root.ts'
import chain_duplicate_ from './chain-duplicate.ts'
import chain_extra_expired_ from './chain-extra-expired.ts'
import chain_incomplete_ from './chain-incomplete.ts'
import chain_order_ from './chain-order.ts'
import chain_too_complex_ from './chain-too-complex.ts'
import chain_unrelated_cert_ from './chain-unrelated-cert.ts'
import client_certificate_required_ from './client-certificate-required.ts'
import compression_enabled_ from './compression-enabled.ts'
import ct_missing_ from './ct-missing.ts'
import ct_unverified_ from './ct-unverified.ts'
import default_certificate_differs_ from './default-certificate-differs.ts'
import handshake_broken_ from './handshake-broken.ts'
import handshake_no_common_cipher_ from './handshake-no-common-cipher.ts'
import handshake_no_common_group_ from './handshake-no-common-group.ts'
import handshake_no_common_signature_ from './handshake-no-common-signature.ts'
import handshake_no_common_version_ from './handshake-no-common-version.ts'
import handshake_refused_ from './handshake-refused.ts'
import hello_size_intolerant_ from './hello-size-intolerant.ts'
import hostname_mismatch_ from './hostname-mismatch.ts'
import http_broken_ from './http-broken.ts'
import http_only_ from './http-only.ts'
import http_status_not_ok_ from './http-status-not-ok.ts'
import insecure_renegotiation_ from './insecure-renegotiation.ts'
import intermediate_expired_ from './intermediate-expired.ts'
import key_mismatch_ from './key-mismatch.ts'
import key_reused_ from './key-reused.ts'
import key_unsupported_ from './key-unsupported.ts'
import leaf_is_ca_ from './leaf-is-ca.ts'
import leaf_not_first_ from './leaf-not-first.ts'
import must_staple_without_staple_ from './must-staple-without-staple.ts'
import names_lost_ from './names-lost.ts'
import ocsp_staple_invalid_ from './ocsp-staple-invalid.ts'
import older_than_live_ from './older-than-live.ts'
import port_speaks_plaintext_ from './port-speaks-plaintext.ts'
import redirect_off_list_ from './redirect-off-list.ts'
import referer_blocked_ from './referer-blocked.ts'
import referer_version_dependent_ from './referer-version-dependent.ts'
import response_bom_ from './response-bom.ts'
import response_charset_missing_ from './response-charset-missing.ts'
import response_multiple_bom_ from './response-multiple-bom.ts'
import response_not_utf8_ from './response-not-utf8.ts'
import revocation_unknown_ from './revocation-unknown.ts'
import root_expiring_ from './root-expiring.ts'
import root_missing_on_old_os_ from './root-missing-on-old-os.ts'
import root_untrusted_ from './root-untrusted.ts'
import san_missing_ from './san-missing.ts'
import server_parallel_limit_ from './server-parallel-limit.ts'
import slow_for_background_ from './slow-for-background.ts'
import sni_required_ from './sni-required.ts'
import sni_unrecognized_ from './sni-unrecognized.ts'
import timeout_below_latency_ from './timeout-below-latency.ts'
import tls_legacy_enabled_ from './tls-legacy-enabled.ts'
import tls_too_old_ from './tls-too-old.ts'
import tls13_only_ from './tls13-only.ts'
import trust_changes_ from './trust-changes.ts'
import verify_file_unreachable_ from './verify-file-unreachable.ts'
import version_intolerant_ from './version-intolerant.ts'
import weak_cipher_accepted_ from './weak-cipher-accepted.ts'
import weak_dh_group_ from './weak-dh-group.ts'
import wss_upgrade_failed_ from './wss-upgrade-failed.ts'

export type RuleId =
  | 'address-unreachable'
  | 'addresses-differ'
  | 'ats-cipher-not-allowed'
  | 'ats-key-too-small'
  | 'ats-tls-version'
  | 'ats-weak-signature'
  | 'ca-distrust-scheduled'
  | 'ca-distrusted'
  | 'cert-eku-missing'
  | 'cert-expired'
  | 'cert-expiring'
  | 'cert-lifetime-over-schedule'
  | 'cert-lifetime-too-long'
  | 'cert-malformed'
  | 'cert-not-yet-valid'
  | 'cert-revoked'
  | 'cert-self-signed'
  | 'cert-signature-bad'
  | 'cert-weak-signature'
  | 'chain-constraint-violated'
  | 'chain-contains-root'
  | 'chain-duplicate'
  | 'chain-extra-expired'
  | 'chain-incomplete'
  | 'chain-order'
  | 'chain-too-complex'
  | 'chain-unrelated-cert'
  | 'client-certificate-required'
  | 'compression-enabled'
  | 'ct-missing'
  | 'ct-unverified'
  | 'default-certificate-differs'
  | 'handshake-broken'
  | 'handshake-no-common-cipher'
  | 'handshake-no-common-group'
  | 'handshake-no-common-signature'
  | 'handshake-no-common-version'
  | 'handshake-refused'
  | 'hello-size-intolerant'
  | 'hostname-mismatch'
  | 'http-broken'
  | 'http-only'
  | 'http-status-not-ok'
  | 'insecure-renegotiation'
  | 'intermediate-expired'
  | 'key-mismatch'
  | 'key-reused'
  | 'key-unsupported'
  | 'leaf-is-ca'
  | 'leaf-not-first'
  | 'must-staple-without-staple'
  | 'names-lost'
  | 'ocsp-staple-invalid'
  | 'older-than-live'
  | 'port-speaks-plaintext'
  | 'redirect-off-list'
  | 'referer-blocked'
  | 'referer-version-dependent'
  | 'response-bom'
  | 'response-charset-missing'
  | 'response-multiple-bom'
  | 'response-not-utf8'
  | 'revocation-unknown'
  | 'root-expiring'
  | 'root-missing-on-old-os'
  | 'root-untrusted'
  | 'san-missing'
  | 'server-parallel-limit'
  | 'slow-for-background'
  | 'sni-required'
  | 'sni-unrecognized'
  | 'timeout-below-latency'
  | 'tls-legacy-enabled'
  | 'tls-too-old'
  | 'tls13-only'
  | 'trust-changes'
  | 'verify-file-unreachable'
  | 'version-intolerant'
  | 'weak-cipher-accepted'
  | 'weak-dh-group'
  | 'wss-upgrade-failed'

export const rules: Readonly<Record<RuleId, Rule>> = {
  'address-unreachable': address_unreachable_,
  'addresses-differ': addresses_differ_,
  'ats-cipher-not-allowed': ats_cipher_not_allowed_,
  'ats-key-too-small': ats_key_too_small_,
  'ats-tls-version': ats_tls_version_,
  'ats-weak-signature': ats_weak_signature_,
  'ca-distrust-scheduled': ca_distrust_scheduled_,
  'ca-distrusted': ca_distrusted_,
  'cert-eku-missing': cert_eku_missing_,
  'cert-expired': cert_expired_,
  'cert-expiring': cert_expiring_,
  'cert-lifetime-over-schedule': cert_lifetime_over_schedule_,
  'cert-lifetime-too-long': cert_lifetime_too_long_,
  'cert-malformed': cert_malformed_,
  'cert-not-yet-valid': cert_not_yet_valid_,
  'cert-revoked': cert_revoked_,
  'cert-self-signed': cert_self_signed_,
  'cert-signature-bad': cert_signature_bad_,
  'cert-weak-signature': cert_weak_signature_,
  'chain-constraint-violated': chain_constraint_violated_,
  'chain-contains-root': chain_contains_root_,
  'chain-duplicate': chain_duplicate_,
  'chain-extra-expired': chain_extra_expired_,
  'chain-incomplete': chain_incomplete_,
  'chain-order': chain_order_,
  'chain-too-complex': chain_too_complex_,
  'chain-unrelated-cert': chain_unrelated_cert_,
  'client-certificate-required': client_certificate_required_,
  'compression-enabled': compression_enabled_,
  'ct-missing': ct_missing_,
  'ct-unverified': ct_unverified_,
  'default-certificate-differs': default_certificate_differs_,
  'handshake-broken': handshake_broken_,
  'handshake-no-common-cipher': handshake_no_common_cipher_,
  'handshake-no-common-group': handshake_no_common_group_,
  'handshake-no-common-signature': handshake_no_common_signature_,
  'handshake-no-common-version': handshake_no_common_version_,
  'handshake-refused': handshake_refused_,
  'hello-size-intolerant': hello_size_intolerant_,
  'hostname-mismatch': hostname_mismatch_,
  'http-broken': http_broken_,
  'http-only': http_only_,
  'http-status-not-ok': http_status_not_ok_,
  'insecure-renegotiation': insecure_renegotiation_,
  'intermediate-expired': intermediate_expired_,
  'key-mismatch': key_mismatch_,
  'key-reused': key_reused_,
  'key-unsupported': key_unsupported_,
  'leaf-is-ca': leaf_is_ca_,
  'leaf-not-first': leaf_not_first_,
  'must-staple-without-staple': must_staple_without_staple_,
  'names-lost': names_lost_,
  'ocsp-staple-invalid': ocsp_staple_invalid_,
  'older-than-live': older_than_live_,
  'port-speaks-plaintext': port_speaks_plaintext_,
  'redirect-off-list': redirect_off_list_,
  'referer-blocked': referer_blocked_,
  'referer-version-dependent': referer_version_dependent_,
  'response-bom': response_bom_,
  'response-charset-missing': response_charset_missing_,
  'response-multiple-bom': response_multiple_bom_,
  'response-not-utf8': response_not_utf8_,
  'revocation-unknown': revocation_unknown_,
  'root-expiring': root_expiring_,
  'root-missing-on-old-os': root_missing_on_old_os_,
  'root-untrusted': root_untrusted_,
  'san-missing': san_missing_,
  'server-parallel-limit': server_parallel_limit_,
  'slow-for-background': slow_for_background_,
  'sni-required': sni_required_,
  'sni-unrecognized': sni_unrecognized_,
  'timeout-below-latency': timeout_below_latency_,
  'tls-legacy-enabled': tls_legacy_enabled_,
  'tls-too-old': tls_too_old_,
  'tls13-only': tls13_only_,
  'trust-changes': trust_changes_,
  'verify-file-unreachable': verify_file_unreachable_,
  'version-intolerant': version_intolerant_,
  'weak-cipher-accepted': weak_cipher_accepted_,
  'weak-dh-group': weak_dh_group_,
  'wss-upgrade-failed': wss_upgrade_failed_,
}
