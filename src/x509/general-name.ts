/** GeneralName (RFC 5280 §4.2.1.6): the names of a subject, of a constraint, of a place to fetch from. */
import { type DerNode, TAG } from './der.ts'
import { decodeName, type Name } from './name.ts'
import type { Note } from './note.ts'

export type GeneralName =
  | { readonly type: 'dns'; readonly value: string }
  | { readonly type: 'email'; readonly value: string }
  | { readonly type: 'uri'; readonly value: string }
  /** 4 or 16 octets; in a name constraint 8 or 32: address and mask. */
  | { readonly type: 'ip'; readonly value: Uint8Array }
  | { readonly type: 'directory'; readonly value: Name }
  /** The DER of the value, inside its EXPLICIT tag. */
  | { readonly type: 'other'; readonly oid: string; readonly value: Uint8Array }
  | { readonly type: 'registeredId'; readonly value: string }
  /** x400Address and ediPartyName, undecoded; `tag` is the context number. */
  | { readonly type: 'unsupported'; readonly tag: number; readonly value: Uint8Array }

export function decodeGeneralName(node: DerNode, note: Note): GeneralName {
  switch (node.tag) {
    case 0xa0:
      return decodeOtherName(node)
    case 0x81:
      return { type: 'email', value: ia5Text(node, note) }
    case 0x82:
      return { type: 'dns', value: ia5Text(node, note) }
    case 0xa3:
    case 0xa5:
      return { type: 'unsupported', tag: node.tag & 0x1f, value: node.content }
    case 0xa4:
      return { type: 'directory', value: decodeName(node.inner('directoryName'), note) }
    case 0x86:
      return { type: 'uri', value: ia5Text(node, note) }
    case 0x87:
      return { type: 'ip', value: node.content }
    case 0x88:
      return { type: 'registeredId', value: node.oid() }
    default:
      return node.fail('no GeneralName')
  }
}

/** GeneralNames: one or more. */
export function decodeGeneralNames(node: DerNode, note: Note): GeneralName[] {
  const names: GeneralName[] = []
  for (const item of node.children().rest()) names.push(decodeGeneralName(item, note))
  if (names.length === 0) note(node.error('no name in GeneralNames'))
  return names
}

function decodeOtherName(node: DerNode): GeneralName {
  const fields = node.children()
  const oid = fields.next('typeId', TAG.oid).oid()
  const value = fields.next('value', 0xa0)
  fields.end()
  return { type: 'other', oid, value: value.content }
}

function ia5Text(node: DerNode, note: Note): string {
  const { content } = node
  const text = Buffer.from(content.buffer, content.byteOffset, content.length)
  if (!text.some(octet => octet >= 0x80)) return text.toString('latin1')
  note(node.error('not ASCII'))
  return text.toString('utf8')
}
