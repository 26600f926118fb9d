/** The targets of a run: from arguments, from lists, from standard input. */
import path from 'node:path'
import type { Readable } from 'node:stream'
import { parseTarget, type Target } from '../connect/target.ts'
import { UsageError } from '../errors.ts'
import { type StarttlsId, starttls } from '../starttls/index.ts'
import type { Text } from '../text.ts'
import type { Host } from './host.ts'
import type { Flags, Invocation } from './invocation.ts'
import { readInput } from './read-input.ts'

/** In the order given, each once; those of `standard` where none is named. @throws UsageError also where there is none */
export async function readTargets(
  { arguments: named, flags, host }: Invocation,
  standard: (port: number | undefined) => readonly Target[] = () => [],
): Promise<readonly Target[]> {
  const port = await standardPort(flags)
  const listed = await Promise.all(
    flags.list('list').map(async file => {
      const text = file === '-' ? await readStream(host.stdin) : decode(await readInput(file))
      return parseLines(file, text, { port, shown: placeFrom(file, host) })
    }),
  )
  const asked = [...named.map(name => parseTarget(name, port)), ...listed.flat()]
  const targets = asked.length > 0 ? asked : standard(port)
  if (targets.length === 0) throw new UsageError(NOTHING)
  return [...new Map(targets.map(target => [identityOf(target), target])).values()]
}

/** Another path, or a WebSocket, is something else to check. */
export function identityOf({ host, port, scheme, path }: Target): string {
  return `${scheme === 'wss' ? 'wss' : 'https'}://${host}:${port}${path ?? '/'}`
}

/** Of a target that names none; undefined where that is TLS's own. */
export async function standardPort(flags: Flags): Promise<number | undefined> {
  const protocol = flags.value<StarttlsId>('starttls')
  return protocol && (await starttls[protocol]()).port
}

const NOTHING: Text = {
  en: 'no target: name a host, such as mpcert check api.example.com',
  'zh-CN': '没有目标：请给出主机名，例如 mpcert check api.example.com',
}

/** One a line; `#` begins a comment. Faults name the file and the line. */
function parseLines(
  file: string,
  text: string,
  { port, shown }: { readonly port: number | undefined; readonly shown: string | null },
): Target[] {
  const targets = text.split(/\r?\n/).flatMap((line, index) => {
    const bare = line.replace(/(?:^|\s)#.*$/, '').trim()
    if (bare === '') return []
    try {
      const target = parseTarget(bare, port)
      const column = line.indexOf(bare) + 1
      return [
        shown === null ? target : { ...target, place: { file: shown, line: index + 1, column } },
      ]
    } catch (error) {
      if (!(error instanceof UsageError)) throw error
      const { en, 'zh-CN': zh } = error.text
      throw new UsageError({
        en: `${file}:${index + 1}: ${en}`,
        'zh-CN': `${file}:${index + 1}：${zh}`,
      })
    }
  })
  if (targets.length > 0) return targets
  throw new UsageError({ en: `${file} lists no target`, 'zh-CN': `${file} 中没有目标` })
}

/** What lies elsewhere is of no use to those who look into a repository. */
export function placeFrom(file: string, host: Host): string | null {
  const relative = path.relative(host.cwd(), path.resolve(host.cwd(), file))
  const outside = file === '-' || relative.startsWith('..') || path.isAbsolute(relative)
  return outside ? null : relative.split(path.sep).join('/')
}

async function readStream(stream: Readable): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream)
    chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
  return decode(Buffer.concat(chunks))
}

/** UTF-8, with or without a byte order mark, or UTF-16 as Windows tools write it. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  const utf16 = first === 0xff && second === 0xfe
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes)
}
