/** The report for people: the platform table, the chain as sent, the findings with their fixes. */

import {
  type AddressResult,
  type Report,
  type ReportOptions,
  type RunInfo,
  type TargetResult,
  targetName,
} from '../report.ts'
import { drawChain } from './text/chains.ts'
import { findingLines } from './text/findings.ts'
import { displayWidth, inBrackets, listed, wrap } from './text/layout.ts'
import { platformTable } from './text/platforms.ts'
import { projectLines } from './text/project.ts'
import { scanLines } from './text/scan.ts'
import { serverLines } from './text/server.ts'
import { visibleTarget } from './text/visible.ts'
import {
  borrowedSign,
  paint,
  paintVerdict,
  resemblance,
  VERDICT_WORDS,
  WORDS,
} from './text/words.ts'

const report: Report = {
  title: { en: 'Text for people', 'zh-CN': '供人阅读的文本' },
  begin(run, options) {
    let isFirst = true
    return {
      head: '',
      target(target) {
        if (options.problemsOnly && !hasProblem(target)) return ''
        const blank = isFirst ? '' : '\n'
        isFirst = false
        return `${blank}${targetLines(visibleTarget(target), run, options).join('\n')}\n`
      },
      end: () => '',
    }
  },
}

export default report

function targetLines(target: TargetResult, run: RunInfo, options: ReportOptions): string[] {
  const { style, locale } = options
  if (target.error) return errorLines(target, options)
  if (target.scan) return scanLines(target, target.scan, options)
  if (target.project) return projectLines(target, target.project, options)
  const heading = (text: string) => paint('bold', text, style)
  const chains = target.chains.flatMap(chain => [
    heading(
      target.chains.length > 1
        ? inBrackets(WORDS.chain[locale], chain.id, locale)
        : WORDS.chain[locale],
    ),
    ...drawChain(chain, run.judgedAt, options),
  ])
  const findings = findingLines(target, options)
  return [
    headline(target, options),
    ...platformTable(target.platforms, run.rules, options),
    ...borrowedNote(target, options),
    ...serverLines(target, options),
    ...clientNote(run.client, options),
    ...chains,
    ...(findings.length > 0 ? [heading(WORDS.findings[locale]), ...findings] : []),
  ]
}

/** What a reader in a hurry must know: all but targets that pass, and findings that were not set aside. */
function hasProblem({ status, findings }: TargetResult): boolean {
  if (status === 'unknown' || status === 'unreachable') return true
  return findings.some(({ severity, suppressed }) => severity !== 'info' && !suppressed)
}

function errorLines(target: TargetResult, options: ReportOptions): string[] {
  const { error, status } = target
  const { style, locale } = options
  const name = paint('bold', targetName(target), style)
  const word = (status === 'unreachable' ? WORDS.unreachable : VERDICT_WORDS[status])[locale]
  const text = wrap(
    inBrackets(error?.text[locale] ?? '', error?.code ?? '', locale),
    style.width - 3,
  )
  return [`${name}  ${paintVerdict('unknown', word, style)}`, ...text.map(line => `   ${line}`)]
}

/** Name, addresses, the grade of the whole, and on how many platforms it works. */
function headline(target: TargetResult, { style, locale }: ReportOptions): string {
  const { grade, status, addresses } = target
  const proven = target.platforms.filter(
    ({ tier, verdict }) => tier !== 'unproven' && verdict !== 'not-checked',
  )
  const works = proven.filter(({ verdict }) => verdict === 'pass' || verdict === 'warn').length
  const count = {
    en: `works on ${works} of ${proven.length} platforms`,
    'zh-CN': `${proven.length} 个平台中 ${works} 个可用`,
  }[locale]
  const verdict = status === 'unreachable' ? 'unknown' : status
  const left = `${targetName(target)}   ${describeAddresses(addresses, locale)}`
  const right = `${grade ?? '–'}   ${count}`
  const gap = Math.max(3, style.width - displayWidth(left) - displayWidth(right))
  return [paint('bold', left, style), ' '.repeat(gap), paintVerdict(verdict, right, style)].join('')
}

function describeAddresses(
  addresses: readonly AddressResult[],
  locale: ReportOptions['locale'],
): string {
  // The one that was judged: the first that answers.
  const first = addresses.find(({ error }) => error === null) ?? addresses[0]
  const others = addresses.filter(one => one !== first)
  if (!first || others.length === 0) return first?.ip ?? ''
  // One that answered a single hello alike was asked no more: its verdict is open.
  const alike = others.filter(
    ({ status, chain, error }) =>
      chain === first.chain && (status === first.status || (status === 'unknown' && !error)),
  )
  const rest = others.length - alike.length
  const words = {
    en: [`+${alike.length} alike`, `${rest} not`],
    'zh-CN': [`另有 ${alike.length} 个地址相同`, `${rest} 个不同`],
  }[locale]
  return inBrackets(first.ip, listed(words.slice(0, rest > 0 ? 2 : 1), locale), locale)
}

function clientNote(client: RunInfo['client'], options: ReportOptions): string[] {
  if (!client) return []
  const { style, locale } = options
  const likeness = resemblance(client.resembles?.title ?? null, locale)
  const lines = [
    { en: `${client.title}: ${likeness}`, 'zh-CN': `${client.title}：${likeness}` }[locale],
    `  JA4 ${client.ja4}  JA3 ${client.ja3}`,
  ]
  return lines.map(line => paint('dim', ` ${line}`, style))
}

function borrowedNote(target: TargetResult, { style, locale }: ReportOptions): string[] {
  const platform = target.platforms.findLast(({ cells }) => cells.some(({ borrowed }) => borrowed))
  if (!platform) return []
  const text = {
    en: `judged with a borrowed ClientHello: mpcert platforms ${platform.id}`,
    'zh-CN': `使用借用的 ClientHello 判定：mpcert platforms ${platform.id}`,
  }[locale]
  return [paint('dim', ` ${borrowedSign(style)} ${text}`, style)]
}
