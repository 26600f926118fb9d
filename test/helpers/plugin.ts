/** What a monitoring plugin says (Monitoring Plugins guidelines): one line, a bar, performance data. Anything else throws. */
export interface PluginOutput {
  readonly state: string
  readonly text: string
  readonly data: Readonly<Record<string, number>>
}

export function parsePlugin(output: string): PluginOutput {
  const [, text = '', state = '', list = ''] = LINE.exec(output) ?? []
  if (state === '') throw new Error(`no plugin output: ${JSON.stringify(output)}`)
  const data = Array.from(list.matchAll(DATUM), ([, quoted, bare, value]) => [
    quoted ?? bare,
    Number(value),
  ])
  return { state, text, data: Object.fromEntries(data) }
}

const DATUM = /(?:'([^'=|]+)'|([^\s'=|]+))=(-?\d+)(?: |$)/g
const LINE =
  /^(MPCERT (OK|WARNING|CRITICAL|UNKNOWN) - [^|\p{Cc}]+) \| ((?:(?:'[^'=|\p{Cc}]+'|[^\s'=|\p{Cc}]+)=-?\d+(?: |(?=\n)))+)\n$/u
