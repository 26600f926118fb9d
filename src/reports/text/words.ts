/** The text report's own words and signs. */
import type { Verdict } from '../../grade.ts'
import type { Family } from '../../platform.ts'
import type { PaintStyle, Style } from '../../report.ts'
import type { Severity } from '../../rule.ts'
import type { Locale, Text } from '../../text.ts'

export const WORDS = {
  platform: { en: 'Platform', 'zh-CN': '平台' },
  grade: { en: 'Grade', 'zh-CN': '评级' },
  why: { en: 'Why', 'zh-CN': '原因' },
  server: { en: 'Server', 'zh-CN': '服务器' },
  chain: { en: 'Chain as sent', 'zh-CN': '服务器发送的证书链' },
  chains: { en: 'Chain', 'zh-CN': '证书链' },
  findings: { en: 'Findings', 'zh-CN': '问题与修复' },
  fix: { en: 'Fix', 'zh-CN': '修复' },
  missing: { en: 'missing', 'zh-CN': '缺失' },
  keyId: { en: 'key id', 'zh-CN': '密钥标识' },
  trustedOn: { en: 'trusted on', 'zh-CN': '受信任范围' },
  unreadable: { en: 'not a certificate', 'zh-CN': '无法解析' },
  unreachable: { en: 'unreachable', 'zh-CN': '无法连接' },
  ignored: { en: 'ignored', 'zh-CN': '已忽略' },
  until: { en: 'until', 'zh-CN': '截止' },
  inBaseline: { en: 'known from the baseline', 'zh-CN': '基线中已有' },
  unknownWhy: { en: 'could not be found out', 'zh-CN': '未能查明' },
} as const satisfies Record<string, Text>

export const VERDICT_WORDS: Readonly<Record<Verdict, Text>> = {
  pass: { en: 'pass', 'zh-CN': '通过' },
  warn: { en: 'warn', 'zh-CN': '警告' },
  fail: { en: 'fail', 'zh-CN': '失败' },
  unknown: { en: 'unknown', 'zh-CN': '未知' },
  'not-checked': { en: 'not checked', 'zh-CN': '未检查' },
}

export const FAMILY_NAMES: Readonly<Record<Family, Text>> = {
  ios: { en: 'iOS', 'zh-CN': 'iOS' },
  android: { en: 'Android', 'zh-CN': 'Android' },
  harmony: { en: 'HarmonyOS', 'zh-CN': 'HarmonyOS' },
  devtools: { en: 'DevTools', 'zh-CN': '开发者工具' },
  reference: { en: 'Reference', 'zh-CN': '参考客户端' },
}

const SIGNS: Readonly<Record<Verdict, readonly [sign: string, ascii: string, paint: PaintStyle]>> =
  {
    pass: ['✓', 'PASS', 'green'],
    warn: ['!', 'WARN', 'yellow'],
    fail: ['✗', 'FAIL', 'red'],
    unknown: ['?', 'UNKNOWN', 'cyan'],
    'not-checked': ['–', 'SKIP', 'dim'],
  }

export function verdictSign(verdict: Verdict, { ascii }: Style): string {
  return SIGNS[verdict][ascii ? 1 : 0]
}

export function paintVerdict(verdict: Verdict, text: string, style: Style): string {
  return paint(SIGNS[verdict][2], text, style)
}

/** Errors as failures, warnings as warnings; remarks are neither. */
export function severitySign(severity: Severity, style: Style): string {
  if (severity === 'info') return paint('dim', style.ascii ? 'INFO' : '·', style)
  const verdict = severity === 'error' ? 'fail' : 'warn'
  return paintVerdict(verdict, verdictSign(verdict, style), style)
}

export function paint(how: PaintStyle, text: string, { color, paint: apply }: Style): string {
  return color ? apply(how, text) : text
}

/** The mark of a borrowed ClientHello. */
export function borrowedSign({ ascii }: Style): string {
  return ascii ? '*' : '°'
}

/** What a captured client looks like. */
export function resemblance(title: Text | null, locale: Locale): string {
  if (!title) return { en: 'an unknown client', 'zh-CN': '未知客户端' }[locale]
  return { en: `looks like ${title.en}`, 'zh-CN': `与 ${title['zh-CN']} 相似` }[locale]
}

/** Between the ends of a range. */
export function dash({ ascii }: Style): string {
  return ascii ? '-' : '–'
}
