/** Prometheus' text format 0.0.4, read strictly: what promtool would refuse throws. */
export interface Metric {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export function parseMetrics(text: string): readonly Metric[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  const closed = new Set<string>()
  let family = ''
  return text
    .slice(0, -1)
    .split('\n')
    .flatMap((line): Metric[] => {
      const [, kind, named] = /^# (HELP|TYPE) ([a-z_]+) \S/.exec(line) ?? []
      if (kind === 'HELP' && named) {
        if (closed.has(named)) throw new Error(`${named} is torn apart`)
        closed.add(named)
        family = named
        return []
      }
      if (kind === 'TYPE' && named === family && line.endsWith(' gauge')) return []
      const metric = readSample(line)
      if (metric.name !== family) throw new Error(`${line} stands under ${family}`)
      return [metric]
    })
}

function readSample(line: string): Metric {
  const [, name = '', list = '', value = ''] = SAMPLE.exec(line) ?? []
  if (name === '') throw new Error(`no sample: ${JSON.stringify(line)}`)
  const labels = Array.from(list.matchAll(LABEL), ([, label = '', quoted = '']) => [
    label,
    quoted.replace(/\\(.)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign)),
  ])
  return { name, labels: Object.fromEntries(labels), value: Number(value) }
}

const LABEL = /([a-z]+)="((?:[^"\\]|\\["\\n])*)"/g
const SAMPLE =
  /^([a-z_]+)(?:\{([a-z]+="(?:[^"\\]|\\["\\n])*"(?:,[a-z]+="(?:[^"\\]|\\["\\n])*")*)\})? (-?\d+(?:\.\d+)?)$/
