/** What the terminal can show: colour, width, signs. */
import { styleText } from 'node:util'
import type { Style } from '../report.ts'
import type { Host, Output } from './host.ts'

export interface TerminalFlags {
  readonly color?: boolean | undefined
  readonly ascii?: boolean | undefined
}

const DEFAULT_WIDTH = 100

/** How to draw for this stream. Colour: flag, then NO_COLOR, FORCE_COLOR, then whether it is a terminal. */
export function styleFor(stream: Output, host: Host, flags: TerminalFlags): Style {
  return {
    color: usesColor(stream, host, flags.color),
    ascii: flags.ascii ?? !showsUnicode(host),
    width: widthOf(stream, host),
    // Whether there is colour was decided above; Node would ask its own stdout once more.
    paint: (style, text) => styleText(style, text, { validateStream: false }),
  }
}

function usesColor(stream: Output, { env }: Host, flag: boolean | undefined): boolean {
  if (flag !== undefined) return flag
  if (env['NO_COLOR']) return false
  const force = env['FORCE_COLOR']
  if (force !== undefined) return force !== '0' && force !== 'false'
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}

function widthOf(stream: Output, { env }: Host): number {
  const columns = stream.columns ?? Number(env['COLUMNS'])
  return Number.isInteger(columns) && columns > 20 ? columns : DEFAULT_WIDTH
}

/** The old Windows console and the Linux text console lack the signs. */
function showsUnicode({ platform, env }: Host): boolean {
  if (platform !== 'win32') return env['TERM'] !== 'linux'
  return Boolean(env['WT_SESSION'] || env['TERM_PROGRAM'] || env['ConEmuTask'] || env['TERM'])
}
