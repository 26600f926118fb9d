/** `mpcert platforms`: the platforms, or one of them with everything it is judged by. */
import { UsageError } from '../errors.ts'
import type { Hello } from '../hello.ts'
import type { Limits } from '../limits.ts'
import { type Platform, platformFor, type Stack } from '../platform.ts'
import { inBrackets, indent, labelled, listed, wrap } from '../reports/text/layout.ts'
import { type Locale, same, type Text } from '../text.ts'
import { suiteName, VERSIONS, versionName } from '../wire/names.ts'
import { suiteOf } from '../wire/suite.ts'
import { createWorld } from '../world.ts'
import { columns } from './columns.ts'
import type { Invocation } from './invocation.ts'

export async function run({
  arguments: [name],
  print,
  locale,
  style,
}: Invocation): Promise<number> {
  const { platforms, references } = createWorld(Date.now())
  if (name === undefined) {
    const table = (rows: readonly Platform[]) => columns(rows.map(row => summary(row, locale)))
    await print(`${table(platforms)}\n${WORDS.references[locale]}:\n${table(references)}`)
    return 0
  }
  const platform = platformFor([...platforms, ...references], name)
  if (!platform)
    throw new UsageError({
      en: `no platform ${name} (see mpcert platforms)`,
      'zh-CN': `没有平台 ${name}（见 mpcert platforms）`,
    })
  const lines = describe(platform, locale).flatMap(line => wrapIndented(line, style.width))
  await print(`${lines.join('\n')}\n`)
  return 0
}

function summary({ id, title, tier, stores, stacks }: Platform, locale: Locale): string[] {
  const trusts = stores.map(({ name, version }) => `${name} ${version}`).join(' + ')
  return [id, title[locale], tier, trusts, stacks.map(({ name }) => name).join(', ')]
}

function describe(platform: Platform, locale: Locale): string[] {
  const { id, title, tier, since, stores, stacks, notes, sources } = platform
  return [
    labelled(id, inBrackets(title[locale], tier, locale), locale),
    labelled(WORDS.since[locale], since, locale),
    labelled(
      WORDS.trusts[locale],
      stores.map(({ name, version }) => `${name} ${version}`).join(' + '),
      locale,
    ),
    ...stacks.flatMap(stack => describeStack(stack, locale)),
    ...(notes.length > 0 ? [WORDS.notes[locale], ...notes.map(note => `  ${note[locale]}`)] : []),
    WORDS.sources[locale],
    ...[...new Set(sources)].map(source => `  ${source}`),
  ]
}

function describeStack(
  { apis, name, hello, borrowed, ats, policy, limits, fetchesIssuers }: Stack,
  locale: Locale,
): string[] {
  const { versions, suites } = hello.spec
  const { rsaMinBits, ecMinBits, algorithms } = policy.keys
  const facts: readonly (readonly [Text, string])[] = [
    [
      WORDS.hello,
      `${inBrackets(hello.id, hello.title[locale], locale)}, ${versions.map(versionName).join(', ')}, ${suites.length} ${WORDS.suites[locale]}`,
    ],
    ...(borrowed ? [[WORDS.borrowed, borrowed.why[locale]] as const] : []),
    ...(ats
      ? [
          [
            same('App Transport Security'),
            `${ats.releases}: ${ats.suites.map(suiteName).join(', ')}`,
          ] as const,
        ]
      : []),
    [WORDS.keys, `${algorithms.join(', ')}; RSA >= ${rsaMinBits}, EC >= ${ecMinBits}`],
    [same('SHA-1'), WORDS[policy.sha1][locale]],
    [WORDS.refuses, refusals(hello, limits, locale)],
    [WORDS.issuers, WORDS[policy.anchorExpiry === 'ignored' ? 'ignored' : 'checked'][locale]],
    [WORDS.fetches, WORDS[fetchesIssuers][locale]],
  ]
  return [
    labelled(listed(apis, locale), name, locale),
    ...facts.map(([word, value]) => `  ${labelled(word[locale], value, locale)}`),
  ]
}

/** What it refuses although its hello lists it, or says nothing of it. */
function refusals({ spec }: Hello, limits: Limits, locale: Locale): string {
  const { oldestVersion, dhBits } = limits
  const versions = spec.versions.filter(version => version < oldestVersion).map(versionName)
  const olderThan13 = spec.versions.some(version => version < VERSIONS['TLS 1.3'])
  const field = spec.suites.some(suite => suiteOf(suite)?.keyExchange === 'DHE')
  const said: readonly (string | false)[] = [
    ...versions,
    limits.legacySignatures === 'refused' && WORDS.legacySignatures[locale],
    field && dhBits.min > 0 && `DH < ${dhBits.min}`,
    field && dhBits.max < MANY_BITS && `DH > ${dhBits.max}`,
    olderThan13 && limits.leafCurve === 'checked' && WORDS.leafCurve[locale],
    limits.keyUsage.length > 0 && `${WORDS.keyUsage[locale]} (${limits.keyUsage.join(', ')})`,
    limits.downgradeMark === 'checked' && WORDS.downgradeMark[locale],
    limits.legacyRenegotiation === 'refused' && WORDS.legacyRenegotiation[locale],
    limits.mustStaple === 'checked' && WORDS.mustStaple[locale],
  ]
  return said.filter(Boolean).join(locale === 'en' ? '; ' : '；') || WORDS.nothingMore[locale]
}

/** No server has a prime as long. */
const MANY_BITS = 10_000

function wrapIndented(line: string, width: number): string[] {
  const margin = /^ */.exec(line)?.[0] ?? ''
  const [first = '', ...more] = wrap(line.trimStart(), width - margin.length - 2)
  return [margin + first, ...indent(more, `${margin}  `)]
}

const WORDS = {
  since: { en: 'Stands for releases since', 'zh-CN': '代表的起始版本' },
  trusts: { en: 'Trust store', 'zh-CN': '根证书库' },
  notes: { en: 'Notes', 'zh-CN': '说明' },
  sources: { en: 'Sources', 'zh-CN': '出处' },
  hello: { en: 'ClientHello', 'zh-CN': 'ClientHello' },
  suites: { en: 'suites', 'zh-CN': '个套件' },
  borrowed: { en: 'Borrowed', 'zh-CN': '借用' },
  keys: { en: 'Keys', 'zh-CN': '密钥' },
  references: {
    en: 'References, judged where they are named (--platforms openssl-3.0, reference, all)',
    'zh-CN': '参考客户端，指定时才判定（--platforms openssl-3.0、reference、all）',
  },
  refuses: { en: 'Breaks off at', 'zh-CN': '遇到以下情况中断' },
  legacySignatures: {
    en: 'a key exchange signed with SHA-1 or MD5 (TLS 1.1 and older)',
    'zh-CN': '密钥交换以 SHA-1 或 MD5 签名（TLS 1.1 及更早）',
  },
  leafCurve: {
    en: 'an ECDSA certificate on a curve it does not offer (before TLS 1.3)',
    'zh-CN': 'ECDSA 证书的曲线不在其支持列表（TLS 1.3 之前）',
  },
  keyUsage: {
    en: 'a certificate whose key usage forbids the key exchange',
    'zh-CN': '证书的密钥用途不允许所用的密钥交换',
  },
  downgradeMark: { en: 'the mark of a downgrade', 'zh-CN': '降级标记' },
  legacyRenegotiation: { en: 'no secure renegotiation', 'zh-CN': '无安全重协商' },
  mustStaple: { en: 'must-staple without a staple', 'zh-CN': 'must-staple 但未装订' },
  nothingMore: { en: 'what is not on offer', 'zh-CN': '未提供的参数' },
  accepted: { en: 'accepted', 'zh-CN': '接受' },
  refused: { en: 'refused', 'zh-CN': '拒绝' },
  issuers: { en: 'Expiry of the root', 'zh-CN': '根证书过期' },
  checked: { en: 'checked', 'zh-CN': '检查' },
  ignored: { en: 'ignored', 'zh-CN': '忽略' },
  fetches: { en: 'Fetches missing issuers', 'zh-CN': '自行下载缺失的中间证书' },
  yes: { en: 'yes', 'zh-CN': '是' },
  no: { en: 'no', 'zh-CN': '否' },
  doubtful: { en: 'doubtful', 'zh-CN': '不确定' },
} as const satisfies Record<string, Text>
