/** `mpcert demo`: good and broken servers on this machine, checked for real; a line for each. */
import { displayWidth, indent, padEnd, wrap } from '../reports/text/layout.ts'
import { paint, paintVerdict, verdictSign, WORDS } from '../reports/text/words.ts'
import { same, type Text } from '../text.ts'
import { cases } from './demo/cases.ts'
import type { Expectation, Mismatch } from './demo/expectation.ts'
import { type CheckedCase, checkZoo } from './demo/zoo.ts'
import { EXIT } from './exit.ts'
import type { Invocation } from './invocation.ts'

/** Ends 0 where every server was judged as it must be, else 1. */
export async function run(invocation: Invocation): Promise<number> {
  return showZoo(checkZoo({ signal: invocation.signal }), invocation)
}

/** Prints each case as it comes; what is missing at the end was not judged right. */
export async function showZoo(
  zoo: AsyncIterable<CheckedCase>,
  invocation: Invocation,
): Promise<number> {
  const { print, locale, flags } = invocation
  const table = new Table(invocation)
  const quiet = flags.has('quiet')
  if (!quiet) await print(linesOf(table.heading()))
  const all = Object.keys(cases).length
  let right = 0
  for await (const checked of zoo) {
    const isRight = checked.mismatches.length === 0
    if (isRight) right++
    if (!isRight || !quiet) await print(linesOf(table.row(checked)))
  }
  await print(linesOf([summary(right, all)[locale]]))
  return right === all ? EXIT.ok : EXIT.findings
}

const TEXTS = {
  server: { en: 'Server', 'zh-CN': '服务器' },
  shows: { en: 'What it does', 'zh-CN': '行为' },
  both: { en: 'Expected and judged', 'zh-CN': '预期与判定' },
  expected: { en: 'expected', 'zh-CN': '预期' },
  judged: { en: 'judged', 'zh-CN': '判定' },
} as const satisfies Record<string, Text>

const GAP = '  '
const MARGIN = '    '
/** What the servers do is broken into lines where it does not fit, but never narrower than this. */
const LEAST_WIDTH = 18
const MOST_NAMED = 8

class Table {
  private readonly drawing: Pick<Invocation, 'style' | 'locale'>
  private readonly signWidth: number
  private readonly idWidth: number
  private readonly showsWidth: number

  constructor(drawing: Pick<Invocation, 'style' | 'locale'>) {
    const { style, locale } = drawing
    this.drawing = drawing
    this.signWidth = displayWidth(verdictSign('pass', style))
    this.idWidth = widest([TEXTS.server[locale], ...Object.keys(cases)])
    const all = Object.values(cases)
    const words = all.map(({ expected }) => outcomeWords(expected)[locale])
    const fixed = this.signWidth + this.idWidth + widest(words) + 2 * GAP.length + 2
    const needed = widest(all.map(({ shows }) => shows[locale]))
    this.showsWidth = Math.min(needed, Math.max(style.width - fixed, LEAST_WIDTH))
  }

  heading(): readonly string[] {
    const { style, locale } = this.drawing
    const words = [TEXTS.server, TEXTS.shows, TEXTS.both].map(text => text[locale])
    return [paint('bold', this.line(' '.repeat(this.signWidth), words), style)]
  }

  /** One line, more where its text is long; and where it was judged wrong, everything that differs. */
  row({ id, demo, mismatches }: CheckedCase): readonly string[] {
    const { style, locale } = this.drawing
    const verdict = mismatches.length === 0 ? 'pass' : 'fail'
    const sign = verdictSign(verdict, style)
    const [shows = '', ...more] = wrap(demo.shows[locale], this.showsWidth)
    const words = [id, shows, outcomeWords(demo.expected)[locale]]
    return [
      this.line(paintVerdict(verdict, sign, style), words),
      ...indent(more, ' '.repeat(this.signWidth + this.idWidth + 2 + GAP.length)),
      ...mismatches.flatMap(mismatch => this.mismatch(mismatch)),
    ]
  }

  private line(sign: string, [id = '', shows = '', outcome = '']: readonly string[]): string {
    const columns = [padEnd(id, this.idWidth), padEnd(shows, this.showsWidth), outcome]
    return ` ${sign} ${columns.join(GAP)}`.trimEnd()
  }

  private mismatch({ where, expected, judged }: Mismatch): readonly string[] {
    const { style, locale } = this.drawing
    const more = where.length > MOST_NAMED ? `, +${where.length - MOST_NAMED}` : ''
    const place = where.slice(0, MOST_NAMED).join(', ') + more
    const said = `${TEXTS.expected[locale]} ${expected}; ${TEXTS.judged[locale]} ${judged}`
    return indent(wrap(`${place}: ${said}`, style.width - MARGIN.length), MARGIN)
  }
}

/** `F  cert-expired`, or that nobody was there. */
function outcomeWords({ grade, findings, error }: Expectation): Text {
  if (error) return WORDS.unreachable
  const rule = findings[0]?.split(' ')[1] ?? ''
  return same(`${padEnd(grade ?? '', 2)} ${rule}`.trimEnd())
}

function summary(right: number, all: number): Text {
  return {
    en: `judged ${right} of ${all} right`,
    'zh-CN': `共 ${all} 台服务器，判定正确 ${right} 台`,
  }
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(displayWidth))
}

function linesOf(lines: readonly string[]): string {
  return lines.map(line => `${line}\n`).join('')
}
