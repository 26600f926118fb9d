// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { ProjectRule } from '../project-rule.ts'
import api_weixin_listed_ from './api-weixin-listed.ts'
import appid_missing_ from './appid-missing.ts'
import asset_host_problem_ from './asset-host-problem.ts'
import asset_not_https_ from './asset-not-https.ts'
import concurrency_over_10_ from './concurrency-over-10.ts'
import domain_is_ip_ from './domain-is-ip.ts'
import domain_is_localhost_ from './domain-is-localhost.ts'
import domain_listed_for_other_api_ from './domain-listed-for-other-api.ts'
import domain_not_listed_ from './domain-not-listed.ts'
import icp_not_verifiable_ from './icp-not-verifiable.ts'
import port_explicit_default_ from './port-explicit-default.ts'
import port_mismatch_ from './port-mismatch.ts'
import port_not_configured_ from './port-not-configured.ts'
import referer_set_in_code_ from './referer-set-in-code.ts'
import scheme_api_mismatch_ from './scheme-api-mismatch.ts'
import scheme_not_https_ from './scheme-not-https.ts'
import scheme_not_wss_ from './scheme-not-wss.ts'
import sockets_over_5_ from './sockets-over-5.ts'
import statuscode_unchecked_ from './statuscode-unchecked.ts'
import timeout_call_over_max_ from './timeout-call-over-max.ts'
import timeout_invalid_ from './timeout-invalid.ts'
import timeout_over_max_ from './timeout-over-max.ts'
import url_lan_ip_ from './url-lan-ip.ts'
import url_loopback_ from './url-loopback.ts'
import urlcheck_disabled_ from './urlcheck-disabled.ts'

export type ProjectRuleId =
  | 'api-weixin-listed'
  | 'appid-missing'
  | 'asset-host-problem'
  | 'asset-not-https'
  | 'concurrency-over-10'
  | 'domain-is-ip'
  | 'domain-is-localhost'
  | 'domain-listed-for-other-api'
  | 'domain-not-listed'
  | 'icp-not-verifiable'
  | 'port-explicit-default'
  | 'port-mismatch'
  | 'port-not-configured'
  | 'referer-set-in-code'
  | 'scheme-api-mismatch'
  | 'scheme-not-https'
  | 'scheme-not-wss'
  | 'sockets-over-5'
  | 'statuscode-unchecked'
  | 'timeout-call-over-max'
  | 'timeout-invalid'
  | 'timeout-over-max'
  | 'url-lan-ip'
  | 'url-loopback'
  | 'urlcheck-disabled'

export const projectRules: Readonly<Record<ProjectRuleId, ProjectRule>> = {
  'api-weixin-listed': api_weixin_listed_,
  'appid-missing': appid_missing_,
  'asset-host-problem': asset_host_problem_,
  'asset-not-https': asset_not_https_,
  'concurrency-over-10': concurrency_over_10_,
  'domain-is-ip': domain_is_ip_,
  'domain-is-localhost': domain_is_localhost_,
  'domain-listed-for-other-api': domain_listed_for_other_api_,
  'domain-not-listed': domain_not_listed_,
  'icp-not-verifiable': icp_not_verifiable_,
  'port-explicit-default': port_explicit_default_,
  'port-mismatch': port_mismatch_,
  'port-not-configured': port_not_configured_,
  'referer-set-in-code': referer_set_in_code_,
  'scheme-api-mismatch': scheme_api_mismatch_,
  'scheme-not-https': scheme_not_https_,
  'scheme-not-wss': scheme_not_wss_,
  'sockets-over-5': sockets_over_5_,
  'statuscode-unchecked': statuscode_unchecked_,
  'timeout-call-over-max': timeout_call_over_max_,
  'timeout-invalid': timeout_invalid_,
  'timeout-over-max': timeout_over_max_,
  'url-lan-ip': url_lan_ip_,
  'url-loopback': url_loopback_,
  'urlcheck-disabled': urlcheck_disabled_,
}
