/** Why a certificate or a path is refused: a code, a reason with its arguments, and the words for it. */
import type { Text } from '../text.ts'
import type { Certificate } from '../x509/certificate.ts'

/** Stable codes, the most specific first: of several errors the first one here is shown. */
const CHAIN_CODES = [
  'PARSE',
  'REVOKED',
  'DISTRUSTED',
  'CRITICAL_EXT',
  'NAME_CONSTRAINT',
  'PATHLEN',
  'NOT_CA',
  'KEY_USAGE',
  'EKU',
  'WEAK_KEY',
  'WEAK_SIGNATURE',
  'EXPIRED',
  'NOT_YET_VALID',
  'HOSTNAME',
  'PROFILE',
  'CRL',
  'LIMIT',
  'SIGNATURE',
  'NO_PATH',
] as const

export type ChainCode = (typeof CHAIN_CODES)[number]

/** What is wrong, without the certificate it is wrong with. */
export interface Flaw {
  readonly reason: Reason
  readonly args: Readonly<Record<string, string>>
}

/** What is wrong with which certificate of a path. */
export interface Problem extends Flaw {
  /** 0 is the leaf. */
  readonly depth: number
  /** Null where it could not be read. */
  readonly certificate: Certificate | null
}

/** A problem with its code; `pathErrorText` has the words. */
export interface PathError extends Problem {
  readonly code: ChainCode
}

export function flaw(reason: Reason, args: Flaw['args'] = {}): Flaw {
  return { reason, args }
}

export function toPathError(problem: Problem): PathError {
  return { ...problem, code: REASONS[problem.reason].code }
}

/** What is wrong with which certificate, in a sentence. */
export function pathErrorText({ reason, args, certificate }: Problem): Text {
  const { text } = REASONS[reason]
  const name = certificate ? certificateName(certificate) : ''
  const fill = (words: string, colon: string) =>
    (name && `${name}${colon}`) +
    words.replace(/\{(\w+)\}/g, (_, key: string) => shorten(args[key] ?? ''))
  return { en: fill(text.en, ': '), 'zh-CN': fill(text['zh-CN'], '：') }
}

/** Whether `a` says more than `b`: by code, then the one that was met farther from the leaf. */
export function isMoreSpecific(a: Problem, b: Problem): boolean {
  const difference = rankOf(a) - rankOf(b)
  return difference < 0 || (difference === 0 && a.depth > b.depth)
}

/** The most specific of several problems. */
export function mostSpecific<T extends Problem>(problems: readonly T[]): T | null {
  return problems.reduce<T | null>(
    (best, problem) => (best && !isMoreSpecific(problem, best) ? best : problem),
    null,
  )
}

/** A name short enough for a sentence. */
export function certificateName({ subject, subjectAltName, serialHex }: Certificate): string {
  const dns = subjectAltName?.find(name => name.type === 'dns')
  return shorten(subject.commonName ?? dns?.value ?? (subject.text || serialHex))
}

/** Whoever makes a certificate may name it at any length; every DNS name fits. */
const MAX_ARGUMENT = 256

function shorten(text: string): string {
  return text.length > MAX_ARGUMENT ? `${text.slice(0, MAX_ARGUMENT)}…` : text
}

function rankOf({ reason }: Problem): number {
  return RANKS[REASONS[reason].code]
}

const RANKS = Object.fromEntries(CHAIN_CODES.map((code, rank) => [code, rank])) as Readonly<
  Record<ChainCode, number>
>

interface ReasonRow {
  readonly code: ChainCode
  readonly text: Text
}

function row(code: ChainCode, en: string, zh: string): ReasonRow {
  return { code, text: { en, 'zh-CN': zh } }
}

/** Every reason, its code and its words. */
const REASONS = {
  malformed: row('PARSE', 'not a readable certificate ({detail})', '无法解析的证书（{detail}）'),

  'limit-signatures': row(
    'LIMIT',
    'more than {limit} signatures to check',
    '需要校验的签名超过 {limit} 个',
  ),
  'limit-comparisons': row(
    'LIMIT',
    'more than {limit} comparisons with name constraints',
    '名称约束的比较次数超过 {limit} 次',
  ),
  'limit-calls': row(
    'LIMIT',
    'more than {limit} steps to find a path',
    '查找证书路径超过 {limit} 步',
  ),
  'limit-depth': row(
    'LIMIT',
    'more than {limit} intermediates below the anchor',
    '信任锚之下的中间证书超过 {limit} 张',
  ),

  revoked: row('REVOKED', 'revoked on {date} ({cause})', '已于 {date} 被吊销（{cause}）'),

  'distrusted-after': row(
    'DISTRUSTED',
    'what it issued after {date} is not trusted',
    '其在 {date} 之后签发的证书不受信任',
  ),
  'distrusted-name': row(
    'DISTRUSTED',
    'is not trusted for names such as {name}',
    '不被信任用于 {name} 这样的名称',
  ),

  'critical-extension': row(
    'CRITICAL_EXT',
    'critical extension {oid} is not known',
    '含有无法识别的关键扩展 {oid}',
  ),
  precertificate: row(
    'CRITICAL_EXT',
    'a precertificate, not a certificate',
    '这是预证书（precertificate），不是正式证书',
  ),

  'name-excluded': row(
    'NAME_CONSTRAINT',
    'excludes the name {name} below it',
    '禁止其下级证书使用名称 {name}',
  ),
  'name-not-permitted': row(
    'NAME_CONSTRAINT',
    'does not permit the name {name} below it',
    '不允许其下级证书使用名称 {name}',
  ),
  'name-unreadable': row(
    'NAME_CONSTRAINT',
    'constrains names such as {name}, which is malformed',
    '对名称有约束，而名称 {name} 格式不正确',
  ),
  'constraint-malformed': row(
    'NAME_CONSTRAINT',
    'its name constraints are malformed ({detail})',
    '名称约束格式不正确（{detail}）',
  ),
  'constraint-unsupported': row(
    'NAME_CONSTRAINT',
    'constrains names of a form nobody can compare ({form})',
    '约束了无法比较的名称类型（{form}）',
  ),

  'path-length': row(
    'PATHLEN',
    'allows {limit} intermediates below it, there are {count}',
    '其下最多允许 {limit} 张中间证书，实际有 {count} 张',
  ),

  'not-ca': row(
    'NOT_CA',
    'is no CA certificate and cannot issue',
    '不是 CA 证书，不能签发其他证书',
  ),

  'no-cert-sign': row(
    'KEY_USAGE',
    'its key usage does not allow signing certificates',
    '其密钥用途不允许签发证书',
  ),
  'cert-sign-without-ca': row(
    'KEY_USAGE',
    'may sign certificates by its key usage, but is no CA',
    '密钥用途允许签发证书，但它不是 CA',
  ),
  'key-usage-lacks': row('KEY_USAGE', 'its key usage lacks {bit}', '密钥用途缺少 {bit}'),

  'eku-missing': row('EKU', 'has no extended key usage', '缺少扩展密钥用途（EKU）'),
  'eku-lacks': row(
    'EKU',
    'its extended key usage does not include {purpose}',
    '扩展密钥用途不包含 {purpose}',
  ),
  'eku-any': row('EKU', 'its extended key usage says any purpose', '扩展密钥用途为“任意用途”'),

  'weak-key': row('WEAK_KEY', 'its key is too weak ({key})', '密钥强度不足（{key}）'),
  'key-not-accepted': row(
    'WEAK_KEY',
    'a key of this kind is not accepted ({key})',
    '不接受这类密钥（{key}）',
  ),
  'key-malformed': row('WEAK_KEY', 'its key is malformed ({key})', '密钥格式不正确（{key}）'),

  'weak-hash': row(
    'WEAK_SIGNATURE',
    'signed with {algorithm}, which is too weak',
    '签名算法 {algorithm} 强度不足',
  ),
  'algorithm-not-accepted': row(
    'WEAK_SIGNATURE',
    'signed with {algorithm}, which is not accepted',
    '不接受签名算法 {algorithm}',
  ),

  expired: row('EXPIRED', 'expired on {notAfter}', '已于 {notAfter} 过期'),
  'not-yet-valid': row(
    'NOT_YET_VALID',
    'not valid before {notBefore}',
    '在 {notBefore} 之前尚未生效',
  ),

  'name-mismatch': row('HOSTNAME', 'not issued for {name}', '不是为 {name} 签发的'),

  encoding: row('PROFILE', 'against the encoding rules ({detail})', '编码不符合规范（{detail}）'),
  'malformed-extension': row(
    'PROFILE',
    'extension {extension} cannot be read',
    '扩展 {extension} 无法解析',
  ),
  'duplicate-extension': row(
    'PROFILE',
    'extension {oid} stands more than once',
    '扩展 {oid} 重复出现',
  ),
  lifetime: row(
    'PROFILE',
    'valid for {days} days, {limit} are allowed',
    '有效期为 {days} 天，超过允许的 {limit} 天',
  ),
  version: row('PROFILE', 'version {version}, 3 is demanded', '证书版本为 {version}，要求为 3'),
  'serial-not-positive': row('PROFILE', 'its serial number is not positive', '序列号不是正数'),
  'serial-too-long': row(
    'PROFILE',
    'its serial number is longer than 20 octets',
    '序列号超过 20 字节',
  ),
  'issuer-empty': row('PROFILE', 'its issuer has no name', '颁发者名称为空'),
  'subject-empty': row('PROFILE', 'a CA without a name', 'CA 证书的主体名称为空'),
  'must-not-be-critical': row(
    'PROFILE',
    'extension {extension} must not be critical',
    '扩展 {extension} 不得标记为关键',
  ),
  'must-be-critical': row(
    'PROFILE',
    'extension {extension} must be critical',
    '扩展 {extension} 必须标记为关键',
  ),
  'extension-missing': row('PROFILE', 'extension {extension} is missing', '缺少扩展 {extension}'),
  'extension-forbidden': row(
    'PROFILE',
    'extension {extension} has no place here',
    '此处不允许出现扩展 {extension}',
  ),
  'authority-key-identifier': row(
    'PROFILE',
    'its authority key identifier is not as it must be ({detail})',
    '颁发机构密钥标识符不符合要求（{detail}）',
  ),
  'signature-parameters': row(
    'PROFILE',
    'wrong parameters of the signature algorithm {algorithm}',
    '签名算法 {algorithm} 的参数不正确',
  ),
  'leaf-is-ca': row('PROFILE', 'a CA certificate in place of a leaf', '以 CA 证书充当站点证书'),
  'san-malformed': row(
    'PROFILE',
    'the subject alternative name {name} is malformed',
    'subjectAltName 中的名称 {name} 格式不正确',
  ),
  'common-name-not-in-san': row(
    'PROFILE',
    'its common name {name} is no subject alternative name',
    'commonName 中的 {name} 不在 subjectAltName 中',
  ),
  'policy-missing': row(
    'PROFILE',
    'a certificate policy is demanded, and none is valid along the path',
    '要求有证书策略，但路径上没有有效的证书策略',
  ),
  'policy-mapping-any': row('PROFILE', 'maps the policy "any"', '映射了“任意策略”'),

  'crl-missing': row('CRL', 'no CRL of its issuer', '没有其颁发者的证书吊销列表'),
  'crl-unusable': row(
    'CRL',
    'the CRL of its issuer is of no use ({detail})',
    '其颁发者的证书吊销列表不可用（{detail}）',
  ),

  'signature-bad': row(
    'SIGNATURE',
    'its signature was not made with the key of {issuer}',
    '签名与 {issuer} 的密钥不匹配',
  ),
  'signature-unsupported': row(
    'SIGNATURE',
    'its signature cannot be checked ({algorithm} with the key {key})',
    '无法校验其签名（{algorithm}，密钥 {key}）',
  ),
  'signature-algorithms-differ': row(
    'SIGNATURE',
    'names two different signature algorithms',
    '内外两处的签名算法不一致',
  ),

  'issuer-unknown': row(
    'NO_PATH',
    'its issuer {issuer} is neither trusted nor among the certificates',
    '其颁发者 {issuer} 不受信任，也不在所给证书之中',
  ),
  'self-signed': row('NO_PATH', 'self-signed and not trusted', '自签名证书，不受信任'),
  'issuer-differs': row(
    'NO_PATH',
    'the {issuer} at hand has another key than its issuer',
    '现有的 {issuer} 与其颁发者的密钥不同',
  ),
} as const satisfies Readonly<Record<string, ReasonRow>>

export type Reason = keyof typeof REASONS
