/** Why a phone does not trust a certificate. */
import type { Cause } from '../dialect.ts'

const CHECK = 'mpcert check HOST'

export const chainIncomplete: Cause = {
  text: {
    en: 'The server leaves out an intermediate: the leaf file is deployed instead of the full chain.',
    'zh-CN': '服务器没有发送中间证书：部署的是单张站点证书，而不是完整证书链。',
  },
  tells: {
    en: 'Desktop browsers and often iPhones work, for they fetch what is missing; every Android fails.',
    'zh-CN': '桌面浏览器正常，iPhone 往往也正常，因为它们会自行补全；所有 Android 都失败。',
  },
  proof: CHECK,
  rules: ['chain-incomplete'],
}

export const rootMissing: Cause = {
  text: {
    en: 'The chain ends at a root that this phone does not hold: too new for it, or of no public CA.',
    'zh-CN': '证书链指向该手机未内置的根证书：根证书太新，或不属于公共 CA。',
  },
  tells: {
    en: 'New phones work and old ones fail, or one system works and the other fails.',
    'zh-CN': '新手机正常而老手机失败，或一个系统正常而另一个系统失败。',
  },
  proof: CHECK,
  rules: ['root-untrusted', 'root-missing-on-old-os'],
}

export const rootDistrusted: Cause = {
  text: {
    en: 'The system no longer trusts the CA, or nothing that it issued after a certain day.',
    'zh-CN': '系统已不再信任该 CA，或不再信任它在某日之后签发的证书。',
  },
  tells: {
    en: 'It began with an update of the system or with a renewal, everywhere at once.',
    'zh-CN': '在系统更新或证书续期之后突然全面出现。',
  },
  proof: CHECK,
  rules: ['ca-distrusted'],
}

export const selfSigned: Cause = {
  text: {
    en: 'The certificate signed itself, or comes from a private CA.',
    'zh-CN': '证书是自签名的，或由私有 CA 签发。',
  },
  tells: {
    en: 'No phone works, and browsers warn as well.',
    'zh-CN': '所有手机都失败，浏览器也会警告。',
  },
  proof: CHECK,
  rules: ['cert-self-signed'],
}

export const expired: Cause = {
  text: {
    en: 'The certificate has expired, or is not valid yet.',
    'zh-CN': '证书已过期，或尚未生效。',
  },
  tells: {
    en: 'Everybody fails, browsers too, since that day.',
    'zh-CN': '从当天起所有人都失败，浏览器也一样。',
  },
  proof: CHECK,
  rules: ['cert-expired', 'cert-not-yet-valid'],
}

export const intermediateExpired: Cause = {
  text: {
    en: 'An intermediate of the path is out of date while the leaf is not.',
    'zh-CN': '站点证书有效，但路径上的中间证书不在有效期内。',
  },
  tells: {
    en: 'Some systems find another path and work.',
    'zh-CN': '部分系统能找到另一条路径，因而正常。',
  },
  proof: 'mpcert show HOST',
  rules: ['intermediate-expired'],
}

export const nodeDiffers: Cause = {
  text: {
    en: 'One of several nodes still serves an old certificate: it was not reloaded.',
    'zh-CN': '多个节点中有的仍在使用旧证书：没有重载。',
  },
  tells: {
    en: 'It fails now and then, or for some regions alone.',
    'zh-CN': '时好时坏，或只在部分地区失败。',
  },
  proof: 'mpcert check HOST --all-addresses',
  rules: ['addresses-differ'],
}

export const wrongName: Cause = {
  text: {
    en: 'The certificate does not name this host: www against the bare domain, a wildcard that covers one label, or another virtual host that answers.',
    'zh-CN': '证书不含该域名：www 与主域名不同、通配符只覆盖一级子域，或由其他虚拟主机应答。',
  },
  tells: {
    en: 'The names in the certificate say which: those of quite another site mean the default virtual host.',
    'zh-CN': '看证书里的域名即可判断：若完全是别的站点，说明是默认虚拟主机在应答。',
  },
  proof: 'mpcert show HOST',
  rules: ['hostname-mismatch'],
}

export const noSan: Cause = {
  text: {
    en: 'The certificate has no subject alternative name: clients ignore the common name.',
    'zh-CN': '证书没有 subjectAltName：客户端不再看通用名（CN）。',
  },
  tells: {
    en: 'A certificate of an own CA, made by hand.',
    'zh-CN': '多见于自建 CA 手工签发的证书。',
  },
  proof: 'mpcert show HOST',
  rules: ['san-missing'],
}

export const revoked: Cause = {
  text: { en: 'The CA has revoked the certificate.', 'zh-CN': '证书已被 CA 吊销。' },
  tells: {
    en: 'The CA sent a message about it; a new certificate helps at once.',
    'zh-CN': 'CA 通常会发邮件通知；换发新证书即可恢复。',
  },
  proof: 'mpcert check HOST --revocation',
  rules: ['cert-revoked'],
}
