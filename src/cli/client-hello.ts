/** `--client-hello`: the user's own client as one more platform. */
import path from 'node:path'
import { MpcertError, UsageError } from '../errors.ts'
import { OWN_CLIENT } from '../platform.ts'
import type { OwnClientResult } from '../report.ts'
import type { ParsedHello } from '../wire/parse-client-hello.ts'
import type { World } from '../world.ts'
import type { Invocation } from './invocation.ts'
import { readInput } from './read-input.ts'

export interface Client {
  /** With the client among its platforms. */
  readonly world: World
  /** Null where none was brought. */
  readonly client: OwnClientResult | null
}

/** Reads `--client-hello`; what that takes is loaded only then. */
export async function clientFrom({ flags, hint }: Invocation, world: World): Promise<Client> {
  const file = flags.text('clientHello')
  if (file === undefined) return { world, client: null }
  const title = path.basename(file)
  const parsed = await readHello(file)
  if (parsed.serverName === null && parsed.extensions.length > 0)
    hint({
      en: `${title} names no server, as clients do that connect to an address: it is sent with the target's name (--no-sni: without)`,
      'zh-CN': `${title} 中没有服务器名（客户端连接 IP 地址时如此）：发送时会加上目标域名（--no-sni 可不加）`,
    })
  const { ownClient } = await import('../families/own-client.ts')
  const { ja3, ja4 } = await import('../wire/fingerprint.ts')
  const date = new Date(world.at).toISOString().slice(0, 10)
  const everyone = { ...world, platforms: [...world.platforms, ...world.references] }
  const { platform, nearest } = ownClient(parsed, title, date, everyone)
  const platforms = [...world.platforms.filter(({ id }) => id !== OWN_CLIENT), platform]
  const client = {
    title,
    ja3: ja3(parsed),
    ja4: ja4(parsed),
    resembles: nearest && { id: nearest.id, title: nearest.title },
  }
  return { world: { ...world, platforms }, client }
}

async function readHello(file: string): Promise<ParsedHello> {
  const { MAX_CAPTURE, readCapture } = await import('../capture/read-capture.ts')
  const bytes = await readInput(file, MAX_CAPTURE)
  try {
    return readCapture(bytes)
  } catch (error) {
    if (!(error instanceof MpcertError)) throw error
    throw new UsageError({
      en: `--client-hello ${file}: ${error.text.en}`,
      'zh-CN': `--client-hello ${file}：${error.text['zh-CN']}`,
    })
  }
}
