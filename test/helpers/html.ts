/** HTML as browsers read it, and where they have to mend it. */
import { type DefaultTreeAdapterTypes, parse } from 'parse5'

export interface Node {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  /** All of it below. */
  readonly text: string
  /** Elements below, in order; `*` for all. */
  all(tag: string): readonly Node[]
}

export interface Page extends Node {
  /** Codes of the parse errors. */
  readonly faults: readonly string[]
}

export function parseHtml(text: string): Page {
  const faults: string[] = []
  const document = parse(text, { onParseError: ({ code }) => faults.push(code) })
  return Object.assign(toNode(document), { faults })
}

function toNode(node: DefaultTreeAdapterTypes.Node): Node {
  const attrs = 'attrs' in node ? node.attrs : []
  return {
    tag: node.nodeName,
    attributes: Object.fromEntries(attrs.map(({ name, value }) => [name, value])),
    get text() {
      return textOf(node)
    },
    all: tag =>
      elementsBelow(node)
        .filter(one => tag === '*' || one.nodeName === tag)
        .map(toNode),
  }
}

function elementsBelow(node: DefaultTreeAdapterTypes.Node): DefaultTreeAdapterTypes.Element[] {
  const children = 'childNodes' in node ? node.childNodes : []
  return children.flatMap(child => [
    ...('tagName' in child ? [child] : []),
    ...elementsBelow(child),
  ])
}

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if ('value' in node) return node.value
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''
}
