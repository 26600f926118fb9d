/** Which certificates an nginx configuration gives to which names: `ssl_certificate` lines, with all that is included. */
import path from 'node:path'
import type { Text } from '../../text.ts'
import { HTTPS } from './deployment.ts'
import type { At, Directive } from './nginx/directives.ts'
import { Includes, inFolder } from './nginx/includes.ts'
import { type Listen, listenOf } from './nginx/listen.ts'
import { type ServerNames, serverNames } from './nginx/names.ts'

/** A block that answers TLS. */
export interface Server extends ServerNames {
  readonly pairs: readonly Pair[]
  readonly port: number
  /** Where its names stand, else where it begins. */
  readonly at: At
}

export interface Pair {
  readonly certificate: Reference
  readonly key: Key | 'missing'
  /** The other keys of the block: OpenSSL keeps one for each algorithm, and looks at no order. */
  readonly otherKeys: readonly Key[]
  /** `ssl_password_file`; null where there is none. */
  readonly passwords: Reference | null
}

/** `elsewhere`: in no file, but in an engine, a store or a variable. */
export type Key = Reference | 'elsewhere'

/** What a line of the configuration points at. */
export interface Reference {
  readonly at: At
  /** The path, or the line where the data itself stands. */
  readonly name: string
  /** What stands in the configuration itself; null where it is a file. */
  readonly data: string | null
}

export interface NginxConfiguration {
  readonly servers: readonly Server[]
  /** What could not be followed. */
  readonly open: readonly Text[]
}

/** @throws MpcertError where the file itself cannot be read; what it includes is left open then */
export async function readNginx(file: string): Promise<NginxConfiguration> {
  const folder = path.resolve(path.dirname(file))
  const includes = new Includes(folder)
  const directives = await includes.read(file)
  const reader = new ServerReader(folder, includes.open)
  return { servers: reader.read(directives, {}), open: includes.open }
}

/** What holds in a block, by name: each directive of its own takes the place of the same one around it. */
type Scope = Readonly<Partial<Record<(typeof INHERITED)[number], readonly Directive[]>>>

const INHERITED = [
  'ssl',
  'ssl_certificate',
  'ssl_certificate_key',
  'ssl_password_file',
  'ssl_reject_handshake',
] as const

interface Block {
  readonly directive: Directive
  readonly scope: Scope
  readonly listens: readonly Listen[]
}

class ServerReader {
  private readonly folder: string
  private readonly open: Text[]

  constructor(folder: string, open: Text[]) {
    this.folder = folder
    this.open = open
  }

  read(directives: readonly Directive[], around: Scope): readonly Server[] {
    const scope = scopeOf(directives, around)
    const blocks = directives.flatMap(directive => {
      const { name, block } = directive
      if (name !== 'server' || !block) return []
      const listens = named(block, 'listen').map(({ values }) => listenOf(values))
      return [{ directive, scope: scopeOf(block, scope), listens }]
    })
    // `ssl` at one block's `listen` holds for the address, and so for all blocks that share it.
    const listens = blocks.flatMap(block => block.listens).filter(({ isTls }) => isTls)
    const secure = new Set(listens.map(({ address }) => address))
    const below = directives.flatMap(({ name, block }) =>
      name !== 'server' && block ? this.read(block, scope) : [],
    )
    return [...blocks.flatMap(block => this.serverOf(block, blocks, secure)), ...below]
  }

  private serverOf(
    block: Block,
    all: readonly Block[],
    addresses: ReadonlySet<string>,
  ): readonly Server[] {
    const { directive, scope } = block
    const own = directive.block ?? []
    const secure = block.listens.filter(({ address }) => addresses.has(address))
    const isTls = secure.length > 0 || isOn(scope.ssl)
    const isNamed = named(own, 'ssl_certificate').length > 0
    if (isOn(scope.ssl_reject_handshake) || (!isTls && !isNamed)) return []
    const givers = scope.ssl_certificate ? [block] : defaultsFor(secure, all)
    if (givers.length === 0) this.leave(directive, NO_CERTIFICATE)
    const chooser = own.find(({ name }) => name.startsWith('ssl_certificate_by_lua'))
    if (chooser) this.leave(chooser, atRunTime(chooser.name))
    const names = named(own, 'server_name')
    const server = {
      ...serverNames(names.flatMap(({ values }) => values)),
      pairs: givers.flatMap(giver => this.pairsOf(giver.scope)),
      port: (secure[0] ?? block.listens[0])?.port ?? HTTPS,
      at: names[0] ?? directive,
    }
    return server.pairs.length > 0 ? [server] : []
  }

  /** The n-th key goes with the n-th certificate. */
  private pairsOf(scope: Scope): readonly Pair[] {
    const { ssl_certificate: certificates = [], ssl_certificate_key = [] } = scope
    const keys = ssl_certificate_key.slice(0, certificates.length).map(one => this.keyOf(one))
    const [passwords = null] = (scope.ssl_password_file ?? []).map(one => this.referenceOf(one))
    return certificates.flatMap((directive, index) => {
      const [value = ''] = directive.values
      if (value.includes('$')) {
        this.leave(directive, atRunTime(value))
        return []
      }
      const otherKeys = keys.filter((_, place) => place !== index)
      const certificate = this.referenceOf(directive)
      return [{ certificate, key: keys[index] ?? 'missing', otherKeys, passwords }]
    })
  }

  private keyOf(directive: Directive): Key {
    const isElsewhere = /\$|^(?:engine|store):/.test(directive.values[0] ?? '')
    return isElsewhere ? 'elsewhere' : this.referenceOf(directive)
  }

  private referenceOf({ values: [value = ''], file, line }: Directive): Reference {
    const at = { file, line }
    return value.startsWith('data:')
      ? { at, name: `${file}:${line}`, data: value.slice('data:'.length) }
      : { at, name: inFolder(this.folder, value), data: null }
  }

  private leave({ file, line }: At, { en, 'zh-CN': zh }: Text): void {
    this.open.push({ en: `${file}:${line}: ${en}`, 'zh-CN': `${file}:${line}：${zh}` })
  }
}

const NO_CERTIFICATE: Text = {
  en: 'no ssl_certificate for this server, nor for the default server of its address',
  'zh-CN': '该 server 没有 ssl_certificate，其监听地址的默认 server 也没有',
}

function atRunTime(what: string): Text {
  return { en: `${what} is known at run time alone`, 'zh-CN': `${what} 只有运行时才能确定` }
}

function named(directives: readonly Directive[], name: string): readonly Directive[] {
  return directives.filter(one => one.name === name && one.block === null)
}

function scopeOf(directives: readonly Directive[], around: Scope): Scope {
  const own = INHERITED.map(name => [name, named(directives, name)] as const)
  return { ...around, ...Object.fromEntries(own.filter(([, found]) => found.length > 0)) }
}

function isOn(directives: readonly Directive[] | undefined): boolean {
  return directives?.at(-1)?.values[0] === 'on'
}

/** Whose certificates are shown for a block that has none: those of each address's default server. */
function defaultsFor(listens: readonly Listen[], all: readonly Block[]): readonly Block[] {
  const found = listens.flatMap(({ address }) => {
    const sharing = all.filter(one => one.listens.some(own => own.address === address))
    const isNamed = (one: Block) =>
      one.listens.some(own => own.address === address && own.isDefault)
    const giver = sharing.find(isNamed) ?? sharing[0]
    return giver?.scope.ssl_certificate ? [giver] : []
  })
  return [...new Set(found)]
}
