/** `mpcert capture`: the ClientHello of whoever connects, saved and explained. */
import { networkInterfaces } from 'node:os'
import { toBinary, toHex } from '../bytes.ts'
import { awaitHello, type Stranger } from '../connect/await-hello.ts'
import { formatAuthority } from '../connect/target.ts'
import { parseClientHello } from '../wire/parse-client-hello.ts'
import { explainHello } from './explain-hello.ts'
import type { Invocation } from './invocation.ts'
import { requireNew, writeNew } from './write-file.ts'

const DEFAULT_FILE = 'client-hello.bin'
/** Strangers that are told of: a scan of ports would fill the screen. */
const MOST_TOLD = 20

export async function run(invocation: Invocation): Promise<number> {
  const { flags, signal, hint, print } = invocation
  const host = flags.text('host') ?? '127.0.0.1'
  const file = flags.text('output') ?? DEFAULT_FILE
  await requireNew(file)
  let told = 0
  const visitor = await awaitHello({
    host,
    port: flags.value<number>('port') ?? 0,
    timeoutMs: flags.value<number>('timeout'),
    signal,
    onListening: port => hint(invitation(host, port)),
    onStranger: stranger => {
      if (told++ < MOST_TOLD) hint(describeStranger(stranger))
    },
  })
  if (!visitor) return 0
  const { from, records } = visitor
  await writeNew(file, records)
  hint({
    en: `saved in ${file} (${records.length} bytes): mpcert check TARGET --client-hello ${file}`,
    'zh-CN': `已保存到 ${file}（${records.length} 字节）：mpcert check 目标 --client-hello ${file}`,
  })
  await print(explainHello(parseClientHello(records), from, invocation))
  return 0
}

function invitation(host: string, port: number) {
  const urls = reachableAt(host).map(address => `https://${formatAuthority(address, port)}/`)
  const where = formatAuthority(host, port)
  return {
    en: `listening on ${where}: let the client open ${urls.join(' or ')} (Ctrl-C ends)`,
    'zh-CN': `正在监听 ${where}：请让客户端打开 ${urls.join(' 或 ')}（Ctrl-C 结束）`,
  }
}

/** By which addresses others reach a listener on all of them. */
function reachableAt(host: string): readonly string[] {
  if (host !== '0.0.0.0' && host !== '::') return [host]
  const own = Object.values(networkInterfaces()).flatMap(addresses => addresses ?? [])
  const others = own.filter(({ internal, family }) => !internal && family === 'IPv4')
  return others.length > 0 ? others.map(({ address }) => address) : ['127.0.0.1']
}

function describeStranger({ from, firstBytes, error }: Stranger) {
  const text = toBinary(firstBytes)
  const [line = ''] = text.split(/[\r\n]/)
  const shown = /^[\x20-\x7e]{3,}$/.test(line) ? JSON.stringify(line) : toHex(firstBytes)
  return {
    en: `${from} sent no ClientHello (${error.text.en}): ${shown}; still waiting`,
    'zh-CN': `${from} 发送的不是 ClientHello（${error.text['zh-CN']}）：${shown}；继续等待`,
  }
}
