/** Network calls in a script: wx, uni and Taro, direct, promised, or as compilers write them. */
import type { CallExpression, Node, ObjectExpression } from '@babel/types'
import type { Place } from '../place.ts'
import { type Expression, keyOf, toExpression, UNKNOWN, unwrap } from './expression.ts'
import { lookUp, type Module } from './fold.ts'
import type { Frame, Scope } from './frame.ts'
import { ignoresStatus } from './handlers.ts'
import type { ListName } from './list.ts'

export interface Call {
  readonly list: ListName
  /** As written, such as `wx.request`. */
  readonly name: string
  readonly place: Place
  /** A URL; for tcp and udp the address, where `port` stands beside it. */
  readonly url: Expression
  readonly urlPlace: Place
  readonly port: Expression | null
  readonly timeout: { readonly value: Expression; readonly place: Place } | null
  /** Where it sets a Referer. */
  readonly referer: Place | null
  /** A handler that never reads the status of the answer. */
  readonly statusIgnored: Place | null
  /** Calls with the same number begin together; null where it waits, or may not be made at all. */
  readonly together: number | null
}

const METHODS: Readonly<Record<string, ListName>> = {
  request: 'request',
  uploadFile: 'upload',
  downloadFile: 'download',
  connectSocket: 'socket',
}

const OPENERS: Readonly<Record<string, ListName>> = {
  createUDPSocket: 'udp',
  createTCPSocket: 'tcp',
}

/** A call on what may be a TCP or UDP socket. */
interface Sending {
  readonly socket: string
  readonly options: ObjectExpression
  readonly method: string
  readonly node: Node
  readonly scope: Scope
}

export class CallCollector {
  private readonly place: (offset: number) => Place
  private readonly calls: (Call & { readonly bare: string | null; readonly scope: Scope })[] = []
  private readonly sockets = new Map<string, ListName>()
  private readonly sendings: Sending[] = []
  private readonly groups = new Map<Node, number>()

  constructor(place: (offset: number) => Place) {
    this.place = place
  }

  visit(frame: Frame): void {
    const { node, parent } = frame
    if (node.type !== 'CallExpression' && node.type !== 'OptionalCallExpression') return
    const callee = unwrap(node.callee)
    const call = node as CallExpression
    if (callee.type === 'Identifier') {
      // Certain once it is known where the name comes from.
      const list = METHODS[callee.name]
      if (list) this.add(call, frame, list, callee.name, callee.name)
      return
    }
    if (callee.type !== 'MemberExpression' && callee.type !== 'OptionalMemberExpression') return
    const method = keyOf(callee.property, callee.computed) ?? ''
    const owner = ownerOf(callee.object)
    const list = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined
    const opened = Object.hasOwn(OPENERS, method) ? OPENERS[method] : undefined
    if (owner !== null && list) this.add(call, frame, list, `${owner}.${method}`, null)
    else if (owner !== null && opened) {
      const target = parent ? socketName(parent.node) : null
      if (target !== null) this.sockets.set(target, opened)
    } else if (method === 'connect' || method === 'send') {
      const socket = pathOf(callee.object)
      const [options] = node.arguments
      if (socket !== null && options?.type === 'ObjectExpression')
        this.sendings.push({ socket, options, method, node, scope: frame.scope })
    }
  }

  finish(module: Module): readonly Call[] {
    const isImported = (name: string, scope: Scope) => {
      const source = lookUp(module, name, scope)
      return source?.kind === 'import' && source.from === '@tarojs/taro'
    }
    const certain = this.calls.filter(({ bare, scope }) => bare === null || isImported(bare, scope))
    return [
      ...certain.map(({ bare: _, scope: __, ...call }) => call),
      ...this.sendings.flatMap(this.toCall),
    ]
  }

  private readonly toCall = ({
    socket,
    options,
    method,
    node,
    scope,
  }: Sending): readonly Call[] => {
    const list = this.sockets.get(socket)
    const address = property(options, 'address')
    if (!list || !address) return []
    const port = property(options, 'port')
    return [
      {
        list,
        name: `${socket}.${method}`,
        place: this.placeOf(node),
        url: toExpression(address, scope),
        urlPlace: this.placeOf(address),
        port: port ? toExpression(port, scope) : null,
        timeout: null,
        referer: null,
        statusIgnored: null,
        together: null,
      },
    ]
  }

  private add(
    node: CallExpression,
    frame: Frame,
    list: ListName,
    name: string,
    bare: string | null,
  ): void {
    const { scope } = frame
    const [first] = node.arguments
    const argument = first ? unwrap(first) : null
    const options = argument?.type === 'ObjectExpression' ? argument : null
    const url = options && property(options, 'url')
    const timeout = options && property(options, 'timeout')
    const header = options && (property(options, 'header') ?? property(options, 'headers'))
    const ignoring = list === 'socket' ? null : ignoresStatus(options, frame)
    this.calls.push({
      bare,
      scope,
      list,
      name,
      place: this.placeOf(node),
      url: url ? toExpression(url, scope) : urlOf(argument, scope),
      urlPlace: this.placeOf(url ?? node),
      port: null,
      timeout: timeout
        ? { value: toExpression(timeout, scope), place: this.placeOf(timeout) }
        : null,
      referer: header ? this.refererIn(unwrap(header)) : null,
      statusIgnored: ignoring ? this.placeOf(ignoring) : null,
      together: this.groupOf(frame),
    })
  }

  private refererIn(header: Node): Place | null {
    if (header.type !== 'ObjectExpression') return null
    const key = header.properties.find(
      one => one.type !== 'SpreadElement' && /^referer$/i.test(keyOf(one.key, one.computed) ?? ''),
    )
    return key ? this.placeOf(key) : null
  }

  /** The block or the list whose direct part it is: nothing there waits, and nothing is left out. */
  private groupOf({ parent }: Frame): number | null {
    let frame = parent
    if (frame?.node.type === 'VariableDeclarator') frame = frame.parent
    const isPart =
      frame?.node.type === 'ExpressionStatement' ||
      frame?.node.type === 'VariableDeclaration' ||
      frame?.node.type === 'ArrayExpression'
    const group = frame?.node.type === 'ArrayExpression' ? frame.node : frame?.parent?.node
    if (!isPart || !group) return null
    const number = this.groups.get(group) ?? this.groups.size
    this.groups.set(group, number)
    return number
  }

  private placeOf(node: Node): Place {
    return this.place(node.start ?? 0)
  }
}

/** The value of a property, unless a spread after it may replace it. */
function property({ properties }: ObjectExpression, key: string): Node | null {
  let found: Node | null = null
  for (const one of properties) {
    if (one.type === 'SpreadElement') found = null
    else if (keyOf(one.key, one.computed) === key)
      found = one.type === 'ObjectProperty' ? one.value : null
  }
  return found
}

function urlOf(options: Node | null, scope: Scope): Expression {
  if (options?.type !== 'Identifier') return UNKNOWN
  return { kind: 'member', of: toExpression(options, scope), key: 'url' }
}

/** `wx`, `uni` or `Taro`, also under the names that their compilers give them. */
function ownerOf(node: Node): string | null {
  const path = pathOf(node)
  if (path === null) return null
  if (/^(?:wx|uni|Taro)$/.test(path)) return path
  if (/^(?:\w*vendor)\.index$/.test(path)) return 'uni'
  return /^_?\w*taro\w*(?:\.(?:a|default|Z|ZP))?(?:\.(?:a|default))?$/i.test(path) ? 'Taro' : null
}

/** `a.b.c` and `this.a`. */
function pathOf(node: Node): string | null {
  const inner = unwrap(node)
  if (inner.type === 'Identifier') return inner.name
  if (inner.type === 'ThisExpression') return 'this'
  if (inner.type !== 'MemberExpression' && inner.type !== 'OptionalMemberExpression') return null
  const of = pathOf(inner.object)
  const key = keyOf(inner.property, inner.computed)
  return of === null || key === null ? null : `${of}.${key}`
}

/** What a new socket is kept in. */
function socketName(parent: Node): string | null {
  if (parent.type === 'VariableDeclarator') return pathOf(parent.id)
  return parent.type === 'AssignmentExpression' ? pathOf(parent.left) : null
}
