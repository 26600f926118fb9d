/** What a scan finds weak, each with the attack it is known by. Pure; nothing here was tried on the server. */
import { speakModernTls } from './advice.ts'
import type { Finding, Fix, Severity } from './rule.ts'
import { SCAN_PROTOCOLS, type ScanFacts, type ScanProtocol } from './scan/scan-facts.ts'
import { type SuiteTraits, traitsOf } from './scan/scanned-suite.ts'
import type { Text } from './text.ts'

export interface Weakness {
  /** The fault, as in the rules of a check. */
  readonly rule: string
  /** Tells two weaknesses of one rule apart. */
  readonly about: string
  readonly sources: readonly string[]
  readonly severity: Severity
  readonly title: Text
  /** What was seen, in a few words that need no translation; empty where there is nothing. */
  readonly find: (facts: ScanFacts) => readonly string[]
  /** `seen` stands behind it. */
  readonly message: Text
  readonly fix: Fix
}

export interface FoundWeakness extends Omit<Finding, 'breaksSoon'> {
  readonly title: Text
}

export function weaknessesOf(facts: ScanFacts): readonly FoundWeakness[] {
  return WEAKNESSES.flatMap(({ rule, about, severity, title, find, message, fix }) => {
    const seen = find(facts)
    if (seen.length === 0) return []
    const listed = seen.join(', ')
    const said = { en: `${message.en}: ${listed}`, 'zh-CN': `${message['zh-CN']}：${listed}` }
    return [
      {
        rule,
        about,
        severity,
        title,
        message: said,
        fix,
        evidence: { seen },
      },
    ]
  })
}

/** DH over a prime of fewer bits is within reach of large attackers (RFC 9325 §4.1). */
const ENOUGH_DH_BITS = 2048

const WEAK_SUITE: Text = { en: 'A weak suite is accepted', 'zh-CN': '接受弱加密套件' }
const DROP_SUITES = speakModernTls({
  en: 'Take these suites off the list.',
  'zh-CN': '从套件列表中移除这些套件。',
})

export const WEAKNESSES: readonly Weakness[] = [
  {
    rule: 'sslv2-enabled',
    sources: ['RFC 6176', 'https://drownattack.com/ (CVE-2016-0800)'],
    about: '',
    severity: 'warn',
    title: { en: 'SSL 2.0 is on', 'zh-CN': '启用了 SSL 2.0' },
    find: facts => spoken(facts, ['SSLv2']),
    message: {
      en: 'whoever records traffic of any server with the same key can decrypt it (DROWN)',
      'zh-CN': '攻击者可借此解密使用同一密钥的任意服务器的流量（DROWN）',
    },
    fix: speakModernTls({
      en: 'Switch SSL 2.0 off on every server that has this key.',
      'zh-CN': '在使用该密钥的所有服务器上关闭 SSL 2.0。',
    }),
  },
  {
    rule: 'sslv3-enabled',
    sources: ['RFC 7568', 'CVE-2014-3566'],
    about: '',
    severity: 'warn',
    title: { en: 'SSL 3.0 is on', 'zh-CN': '启用了 SSL 3.0' },
    find: facts => spoken(facts, ['SSLv3']),
    message: {
      en: 'its CBC padding lets an attacker read cookies (POODLE)',
      'zh-CN': 'CBC 填充缺陷使攻击者可读取 Cookie（POODLE）',
    },
    fix: speakModernTls({ en: 'Switch SSL 3.0 off.', 'zh-CN': '关闭 SSL 3.0。' }),
  },
  {
    rule: 'tls-legacy-enabled',
    sources: ['RFC 8996'],
    about: '',
    severity: 'info',
    title: { en: 'Deprecated TLS versions are on', 'zh-CN': '仍启用已弃用的 TLS 版本' },
    find: facts => spoken(facts, ['TLSv1', 'TLSv1.1']),
    message: { en: 'the server still accepts', 'zh-CN': '服务器仍接受' },
    fix: {
      text: {
        en: 'Switch TLS 1.0 and 1.1 off, unless you know a client that needs them.',
        'zh-CN': '除非确有客户端需要，请关闭 TLS 1.0 与 1.1。',
      },
    },
  },
  {
    rule: 'cbc-in-tls10',
    sources: ['CVE-2011-3389', 'RFC 8996'],
    about: '',
    severity: 'info',
    title: { en: 'CBC suites in TLS 1.0', 'zh-CN': 'TLS 1.0 中的 CBC 套件' },
    find: facts => suitesWhere(facts, ({ cipher }) => cipher.includes('CBC'), ['SSLv3', 'TLSv1']),
    message: {
      en: 'a predictable IV lets an attacker guess plaintext of old browsers (BEAST)',
      'zh-CN': '可预测的 IV 使攻击者能猜测旧浏览器的明文（BEAST）',
    },
    fix: { text: { en: 'Switch TLS 1.0 off.', 'zh-CN': '关闭 TLS 1.0。' } },
  },
  weakSuite('null', ['RFC 9325 section 4.1'], ({ cipher }) => cipher === 'NULL', {
    en: 'nothing is encrypted (NULL)',
    'zh-CN': '完全不加密（NULL）',
  }),
  weakSuite('anon', ['RFC 9325 section 4.1'], ({ authentication }) => authentication === 'anon', {
    en: 'the server proves nothing, so anybody can stand in between (anonymous)',
    'zh-CN': '服务器不作任何身份证明，任何人都可从中拦截（匿名）',
  }),
  weakSuite('export', ['CVE-2015-0204', 'CVE-2015-4000'], ({ exportGrade }) => exportGrade, {
    en: 'keys that can be broken in hours (EXPORT: FREAK, Logjam)',
    'zh-CN': '密钥数小时内即可破解（出口级：FREAK、Logjam）',
  }),
  weakSuite('rc4', ['RFC 7465'], ({ cipher }) => cipher.startsWith('RC4'), {
    en: 'the key stream leaks plaintext (RC4: Bar Mitzvah, NOMORE)',
    'zh-CN': '密钥流会泄露明文（RC4：Bar Mitzvah、NOMORE）',
  }),
  weakSuite('des', ['RFC 5469'], ({ cipher }) => /^DES/.test(cipher), {
    en: 'a key of 56 bits can be searched through (DES)',
    'zh-CN': '56 位密钥可被穷举（DES）',
  }),
  weakSuite(
    'block64',
    ['https://sweet32.info/ (CVE-2016-2183)'],
    ({ cipher }) => /^(?:3DES|IDEA|RC2)/.test(cipher),
    {
      en: 'blocks of 64 bits repeat within hours of traffic (Sweet32)',
      'zh-CN': '64 位分组在数小时流量内会重复（Sweet32）',
    },
  ),
  {
    rule: 'no-forward-secrecy',
    sources: ['RFC 9325 section 4.1', 'https://robotattack.org/'],
    about: '',
    severity: 'info',
    title: { en: 'Suites without forward secrecy', 'zh-CN': '不具前向保密的套件' },
    find: facts => suitesWhere(facts, ({ keyExchange }) => /^(?:RSA|DH|ECDH)$/.test(keyExchange)),
    message: {
      en: 'who gets the key later reads what was recorded before, and RSA key transport invites ROBOT-like attacks',
      'zh-CN': '密钥日后泄露即可解密此前录下的流量；RSA 密钥传输还易受 ROBOT 类攻击',
    },
    fix: { text: { en: 'Keep ECDHE suites alone.', 'zh-CN': '只保留 ECDHE 套件。' } },
  },
  {
    rule: 'weak-dh-group',
    sources: ['https://weakdh.org/', 'RFC 9325 section 4.1'],
    about: '',
    severity: 'warn',
    title: { en: 'A small DH group', 'zh-CN': 'DH 参数过小' },
    find: ({ dhPrimes }) =>
      dhPrimes
        .filter(({ bits }) => bits < ENOUGH_DH_BITS)
        .map(({ bits, name }) => (name ? `${bits} bit (${name})` : `${bits} bit`)),
    message: {
      en: 'a DH prime under 2048 bits is within reach of large attackers (Logjam)',
      'zh-CN': '小于 2048 位的 DH 素数可能被实力雄厚的攻击者破解（Logjam）',
    },
    fix: speakModernTls({
      en: 'Prefer ECDHE, and give DHE a group of 2048 bits or drop it.',
      'zh-CN': '优先使用 ECDHE；DHE 使用 2048 位参数，或直接停用。',
    }),
  },
  {
    rule: 'compression-enabled',
    sources: ['CVE-2012-4929', 'RFC 9325 section 3.3'],
    about: '',
    severity: 'warn',
    title: { en: 'TLS compression is on', 'zh-CN': '启用了 TLS 压缩' },
    find: ({ extras }) => (extras.compression ? ['DEFLATE'] : []),
    message: {
      en: 'the length of what is sent gives cookies away (CRIME)',
      'zh-CN': '数据长度会泄露 Cookie（CRIME）',
    },
    fix: { text: { en: 'Switch TLS compression off.', 'zh-CN': '关闭 TLS 压缩。' } },
  },
  {
    rule: 'insecure-renegotiation',
    sources: ['RFC 5746 section 4.1', 'CVE-2009-3555'],
    about: '',
    severity: 'warn',
    title: { en: 'No secure renegotiation', 'zh-CN': '不支持安全重协商' },
    find: ({ extras }) => (extras.secureRenegotiation === false ? ['RFC 5746'] : []),
    message: {
      en: 'an attacker can put a request of his own in front of a session (CVE-2009-3555)',
      'zh-CN': '攻击者可在会话前注入自己的请求（CVE-2009-3555）',
    },
    fix: {
      text: {
        en: 'Update the TLS library of the server: OpenSSL has it since 0.9.8m.',
        'zh-CN': '升级服务器的 TLS 库：OpenSSL 自 0.9.8m 起支持。',
      },
    },
  },
]

function weakSuite(
  about: string,
  sources: readonly string[],
  is: (suite: SuiteTraits) => boolean,
  message: Text,
): Weakness {
  return {
    rule: 'weak-cipher-accepted',
    about,
    sources,
    severity: 'warn',
    title: WEAK_SUITE,
    find: facts => suitesWhere(facts, is),
    message,
    fix: DROP_SUITES,
  }
}

function spoken({ protocols }: ScanFacts, versions: readonly ScanProtocol[]): readonly string[] {
  return versions.filter(version =>
    protocols.some(protocol => protocol.version === version && protocol.offered),
  )
}

/** Names, each once. */
function suitesWhere(
  { protocols }: ScanFacts,
  is: (suite: SuiteTraits) => boolean,
  versions: readonly ScanProtocol[] = SCAN_PROTOCOLS,
): readonly string[] {
  const traits = protocols
    .filter(({ version }) => versions.includes(version))
    .flatMap(({ version, suites }) => suites.map(({ code }) => traitsOf(version, code)))
  return [...new Set(traits.filter(is).map(({ name }) => name))]
}
