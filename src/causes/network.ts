/** Why a server is not reached at all. */
import type { Cause } from '../dialect.ts'

const CHECK = 'mpcert check HOST'

export const refused: Cause = {
  text: {
    en: 'Nothing listens on that port, or a security group rejects it.',
    'zh-CN': '该端口没有服务在监听，或被安全组拒绝。',
  },
  tells: {
    en: 'From everywhere the same; on a phone, localhost is the phone itself.',
    'zh-CN': '从任何地方访问都一样；另外在手机上 localhost 指手机自己。',
  },
  proof: CHECK,
  rules: [],
  unreachable: ['ECONNREFUSED'],
}

export const silent: Cause = {
  text: {
    en: 'A firewall or security group drops the packets, or the address is a dead one.',
    'zh-CN': '防火墙或安全组丢弃了数据包，或该地址已失效。',
  },
  tells: {
    en: 'It waits for long and then fails, from everywhere or from some networks.',
    'zh-CN': '长时间等待后失败，可能处处如此，也可能只在部分网络。',
  },
  proof: CHECK,
  rules: [],
  unreachable: ['ERR_TIMEOUT', 'ETIMEDOUT'],
}

export const deadAddress: Cause = {
  text: {
    en: 'DNS names an address that does not answer, often an IPv6 one.',
    'zh-CN': 'DNS 中有无法连接的地址，常见于 IPv6（AAAA）记录。',
  },
  tells: {
    en: 'Mobile networks with IPv6 fail, Wi-Fi works.',
    'zh-CN': '支持 IPv6 的移动网络失败，Wi-Fi 正常。',
  },
  proof: 'mpcert check HOST --all-addresses',
  rules: ['address-unreachable'],
  unreachable: ['EHOSTUNREACH', 'ENETUNREACH'],
}

export const unresolved: Cause = {
  text: {
    en: 'DNS does not know the name, or not everywhere yet.',
    'zh-CN': 'DNS 中没有该域名，或解析尚未在各地生效。',
  },
  tells: {
    en: 'A new or mistyped name, a lapsed domain, or an intranet name.',
    'zh-CN': '多为新域名、拼写错误、域名到期，或仅内网可解析的域名。',
  },
  proof: CHECK,
  rules: [],
  unreachable: ['ERR_DNS'],
}
