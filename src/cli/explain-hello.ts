/** A ClientHello in words: what it offers, by name, and whose it may be. */
import { nearestHello } from '../capture/nearest.ts'
import { hellos } from '../hellos/index.ts'
import { platforms } from '../platforms/index.ts'
import type { ReportOptions } from '../report.ts'
import { layOut } from '../reports/text/word-rows.ts'
import { resemblance } from '../reports/text/words.ts'
import { same, type Text } from '../text.ts'
import { ja3, ja4 } from '../wire/fingerprint.ts'
import {
  certificateCompressionName,
  extensionName,
  groupName,
  isGrease,
  schemeName,
  suiteName,
  versionName,
} from '../wire/names.ts'
import type { ParsedHello } from '../wire/parse-client-hello.ts'
import { toSpec } from '../wire/replay-hello.ts'

export function explainHello(
  hello: ParsedHello,
  from: string,
  options: Pick<ReportOptions, 'locale' | 'style'>,
): string {
  const { locale } = options
  const { extensions, keyShares, signatureSchemes, certificateCompression } = hello
  const rows: readonly (readonly [Text, string])[] = [
    [WORDS.from, from],
    [WORDS.client, resemblance(nearestTo(hello), locale)],
    [WORDS.ja4, ja4(hello)],
    [WORDS.ja3, ja3(hello)],
    [WORDS.serverName, hello.serverName ?? WORDS.none[locale]],
    [WORDS.versions, versionsOf(hello)],
    [WORDS.alpn, hello.alpn.join(', ')],
    [WORDS.suites, names(hello.suites, suiteName)],
    [WORDS.groups, names(hello.groups, groupName)],
    [
      WORDS.keyShares,
      keyShares
        .map(({ group, publicKey }) => `${groupName(group)} (${publicKey.length})`)
        .join(', '),
    ],
    [WORDS.schemes, names(signatureSchemes, schemeName)],
    [
      WORDS.extensions,
      names(
        extensions.map(({ type }) => type),
        extensionName,
      ),
    ],
    [WORDS.compression, names(certificateCompression, certificateCompressionName)],
  ]
  const shown = rows.filter(([, value]) => value !== '')
  const lines = layOut(
    shown.map(([word, value]) => [word, [same(value)]]),
    options,
  )
  return `${lines.join('\n')}\n`
}

function nearestTo(hello: ParsedHello): Text | null {
  const sent = Object.values(platforms).flatMap(({ stacks }) => stacks.map(stack => stack.hello))
  return nearestHello(toSpec(hello), [...Object.values(hellos), ...sent])?.title ?? null
}

function versionsOf({ versions, legacyVersion }: ParsedHello): string {
  return versions.length > 0 ? names(versions, versionName) : `<= ${versionName(legacyVersion)}`
}

function names(codes: readonly number[], name: (code: number) => string): string {
  return codes.map(code => (isGrease(code) ? 'GREASE' : name(code))).join(', ')
}

const WORDS = {
  from: { en: 'From', 'zh-CN': '来自' },
  client: { en: 'Client', 'zh-CN': '客户端' },
  ja4: { en: 'JA4', 'zh-CN': 'JA4' },
  ja3: { en: 'JA3', 'zh-CN': 'JA3' },
  serverName: { en: 'Server name', 'zh-CN': '服务器名' },
  none: { en: 'none', 'zh-CN': '无' },
  versions: { en: 'Versions', 'zh-CN': '协议版本' },
  alpn: { en: 'ALPN', 'zh-CN': 'ALPN' },
  suites: { en: 'Suites', 'zh-CN': '套件' },
  groups: { en: 'Groups', 'zh-CN': '密钥交换组' },
  keyShares: { en: 'Key shares', 'zh-CN': '密钥份额' },
  schemes: { en: 'Signatures', 'zh-CN': '签名算法' },
  extensions: { en: 'Extensions', 'zh-CN': '扩展' },
  compression: { en: 'Compression', 'zh-CN': '证书压缩' },
} as const satisfies Record<string, Text>
