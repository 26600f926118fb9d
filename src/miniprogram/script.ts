/** One script, parsed: its network calls, the URLs it mentions, and the names they are built from. */
import type { Node } from '@babel/types'
import { type Place, placesIn } from '../place.ts'
import { type Call, CallCollector } from './calls.ts'
import type { Module } from './fold.ts'
import { type Frame, walkNodes } from './frame.ts'
import { NameCollector } from './names.ts'

export interface ScriptFacts {
  readonly module: Module
  readonly calls: readonly Call[]
  readonly mentions: readonly Mention[]
}

/** A text that begins as a URL does. */
export interface Mention {
  readonly text: string
  /** More follows that is not known. */
  readonly open: boolean
  readonly place: Place
  /** Named as the source of an image, a sound or a film. */
  readonly asset: boolean
}

export type Parse = typeof import('@babel/parser').parse

/** Null where it cannot be parsed, with the place of the fault. */
export function readScript(
  text: string,
  file: string,
  parse: Parse,
): ScriptFacts | { readonly fault: Place } {
  const place = placesIn(file, text)
  let root: Node
  try {
    root = parseAny(text, file, parse)
  } catch (error) {
    const at = (error as { pos?: unknown } | null)?.pos
    if (typeof at !== 'number' && !(error instanceof RangeError)) throw error
    return { fault: place(typeof at === 'number' ? at : 0) }
  }
  const names = new NameCollector()
  const calls = new CallCollector(place)
  const mentions: Mention[] = []
  for (const frame of walkNodes(root)) {
    names.visit(frame)
    calls.visit(frame)
    const mention = mentionIn(frame, place)
    if (mention) mentions.push(mention)
  }
  const module = names.finish()
  return { module, calls: calls.finish(module), mentions }
}

/** As a module first, with all that compilers of Mini Programs accept. */
function parseAny(text: string, file: string, parse: Parse): Node {
  const isTyped = /\.tsx?$/.test(file)
  return parse(text, {
    sourceType: 'unambiguous',
    allowReturnOutsideFunction: true,
    allowAwaitOutsideFunction: true,
    allowUndeclaredExports: true,
    errorRecovery: true,
    attachComment: false,
    plugins: [
      ...(isTyped ? (['typescript'] as const) : []),
      ...(/\.ts$/.test(file) ? [] : (['jsx'] as const)),
      'decorators-legacy',
    ],
  }).program
}

const BEGINS_AS_URL = /^\s*(?:https?|wss?|tcp|udp):\/\/\S/i

function mentionIn({ node, parent }: Frame, place: (at: number) => Place): Mention | null {
  if (node.type !== 'StringLiteral' && node.type !== 'TemplateLiteral') return null
  const text = node.type === 'StringLiteral' ? node.value : (node.quasis[0]?.value.cooked ?? '')
  if (!BEGINS_AS_URL.test(text) || parent === null || isNoValue(node, parent.node)) return null
  const follows = parent.node.type === 'BinaryExpression' && parent.node.left === node
  const isOpen = follows || (node.type === 'TemplateLiteral' && node.expressions.length > 0)
  return { text, open: isOpen, place: place(node.start ?? 0), asset: isSource(parent.node) }
}

/** Imports, keys and tagged templates. */
function isNoValue(node: Node, parent: Node): boolean {
  if (parent.type.startsWith('Import') || parent.type.startsWith('Export')) return true
  if (parent.type === 'TaggedTemplateExpression') return true
  return parent.type === 'ObjectProperty' && parent.key === node
}

/** `<Image src="...">` of JSX. */
function isSource(parent: Node): boolean {
  return (
    parent.type === 'JSXAttribute' &&
    parent.name.type === 'JSXIdentifier' &&
    /^(?:src|poster)$/i.test(parent.name.name)
  )
}
