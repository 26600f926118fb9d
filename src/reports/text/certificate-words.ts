/** The words of a certificate's explanation: its roles, usages, purposes and policies. */
import type { SctOrigin } from '../../chain/sct.ts'
import type { SentEntry } from '../../facts/facts.ts'
import type { Text } from '../../text.ts'
import type { KeyUsageBit } from '../../x509/certificate.ts'
import { ANY_POLICY_OID, KEY_PURPOSE_OID } from '../../x509/oids.ts'

export const CERTIFICATE_WORDS = {
  subject: { en: 'Subject', 'zh-CN': '主体' },
  names: { en: 'Names', 'zh-CN': '域名' },
  issuer: { en: 'Issuer', 'zh-CN': '颁发者' },
  validity: { en: 'Valid', 'zh-CN': '有效期' },
  key: { en: 'Key', 'zh-CN': '密钥' },
  signature: { en: 'Signed with', 'zh-CN': '签名算法' },
  ca: { en: 'May issue', 'zh-CN': '可签发' },
  usage: { en: 'Key is for', 'zh-CN': '密钥用途' },
  purposes: { en: 'For', 'zh-CN': '证书用途' },
  permitted: { en: 'Only for names', 'zh-CN': '仅限名称' },
  excluded: { en: 'Not for names', 'zh-CN': '排除名称' },
  policies: { en: 'Policies', 'zh-CN': '策略' },
  staple: { en: 'Must-staple', 'zh-CN': 'Must-staple' },
  mustStaple: { en: 'an OCSP response must come stapled', 'zh-CN': '必须附带 OCSP 响应' },
  scts: { en: 'Transparency', 'zh-CN': '透明度（CT）' },
  issuerUrl: { en: "Issuer's certificate", 'zh-CN': '颁发者证书地址' },
  ocsp: { en: 'OCSP', 'zh-CN': 'OCSP' },
  crl: { en: 'CRL', 'zh-CN': '吊销列表' },
  serial: { en: 'Serial', 'zh-CN': '序列号' },
  keyId: { en: 'Key id', 'zh-CN': '密钥标识' },
  issuerKeyId: { en: "Issuer's key id", 'zh-CN': '颁发者密钥标识' },
  sha256: { en: 'SHA-256', 'zh-CN': 'SHA-256' },
  faults: { en: 'Faults', 'zh-CN': '编码问题' },
  fault: { en: 'Fault', 'zh-CN': '原因' },
  unreadable: { en: 'not a certificate', 'zh-CN': '无法解析的证书' },
  misplaced: { en: 'in the wrong place', 'zh-CN': '位置不对' },
} as const satisfies Record<string, Text>

export const ROLES: Readonly<Record<SentEntry['role'], Text>> = {
  leaf: { en: "the server's own", 'zh-CN': '站点证书' },
  issuer: { en: 'issuer', 'zh-CN': '中间证书' },
  root: { en: 'root, need not be sent', 'zh-CN': '根证书，无需发送' },
  duplicate: { en: 'sent before', 'zh-CN': '重复' },
  unrelated: { en: 'unrelated', 'zh-CN': '无关' },
}

export const ORIGINS: Readonly<Record<SctOrigin, Text>> = {
  embedded: { en: 'embedded', 'zh-CN': '内嵌' },
  tls: { en: 'by TLS', 'zh-CN': '经 TLS 扩展' },
  ocsp: { en: 'stapled', 'zh-CN': '经 OCSP 装订' },
}

export const USAGES: Readonly<Record<KeyUsageBit, Text>> = {
  digitalSignature: { en: 'signing handshakes', 'zh-CN': '握手签名' },
  nonRepudiation: { en: 'non-repudiation', 'zh-CN': '不可否认' },
  keyEncipherment: { en: 'encrypting keys', 'zh-CN': '密钥加密' },
  dataEncipherment: { en: 'encrypting data', 'zh-CN': '数据加密' },
  keyAgreement: { en: 'agreeing on keys', 'zh-CN': '密钥协商' },
  keyCertSign: { en: 'signing certificates', 'zh-CN': '签发证书' },
  cRLSign: { en: 'signing CRLs', 'zh-CN': '签发吊销列表' },
  encipherOnly: { en: 'enciphering only', 'zh-CN': '仅加密' },
  decipherOnly: { en: 'deciphering only', 'zh-CN': '仅解密' },
}

export const PURPOSES: Readonly<Partial<Record<string, Text>>> = {
  [KEY_PURPOSE_OID.serverAuth]: { en: 'TLS servers', 'zh-CN': 'TLS 服务器' },
  [KEY_PURPOSE_OID.clientAuth]: { en: 'TLS clients', 'zh-CN': 'TLS 客户端' },
  [KEY_PURPOSE_OID.anyExtendedKeyUsage]: { en: 'any purpose', 'zh-CN': '任意用途' },
  [KEY_PURPOSE_OID.codeSigning]: { en: 'signing code', 'zh-CN': '代码签名' },
  [KEY_PURPOSE_OID.emailProtection]: { en: 'e-mail', 'zh-CN': '电子邮件' },
  [KEY_PURPOSE_OID.timeStamping]: { en: 'time stamps', 'zh-CN': '时间戳' },
  [KEY_PURPOSE_OID.OCSPSigning]: { en: 'OCSP responses', 'zh-CN': 'OCSP 响应' },
}

/** Reserved by the CA/Browser Forum for what was validated (Baseline Requirements §7.1.6.1). */
export const POLICIES: Readonly<Partial<Record<string, Text>>> = {
  '2.23.140.1.1': { en: 'EV (extended validation)', 'zh-CN': 'EV（扩展验证）' },
  '2.23.140.1.2.1': { en: 'DV (domain validated)', 'zh-CN': 'DV（域名验证）' },
  '2.23.140.1.2.2': { en: 'OV (organization validated)', 'zh-CN': 'OV（组织验证）' },
  '2.23.140.1.2.3': { en: 'IV (individual validated)', 'zh-CN': 'IV（个人验证）' },
  [ANY_POLICY_OID]: { en: 'any policy', 'zh-CN': '任意策略' },
}
