/** XMPP, client to server: a stream is opened, whose features list starttls. */
import type { Talk } from '../connect/talk.ts'
import { foreign, notOffered, type Starttls } from '../starttls.ts'

const NAMESPACE = 'urn:ietf:params:xml:ns:xmpp-tls'
const FEATURES_END = /^(?:<\/stream:features\b|<stream:features\b[^>]*\/>$)/

const protocol: Starttls = {
  title: 'XMPP',
  port: 5222,
  source: 'RFC 6120 section 5',
  async begin(talk, host) {
    const stream = "xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'"
    talk.send(`<?xml version='1.0'?><stream:stream to='${host}' version='1.0' ${stream}>`)
    const opening = await nextTag(talk)
    if (!/^<stream:stream\b/.test(opening)) throw talk.error(foreign(this.title, opening))
    let offered = false
    for (let tag = ''; !FEATURES_END.test(tag); ) {
      tag = await nextTag(talk)
      if (/^<(?:stream:error|\/stream:stream)\b/.test(tag))
        throw talk.error(foreign(this.title, tag))
      offered ||= /^<starttls\b/.test(tag)
    }
    if (!offered) throw talk.error(notOffered(this.title))
    talk.send(`<starttls xmlns='${NAMESPACE}'/>`)
    const answer = await nextTag(talk)
    if (!/^<proceed\b/.test(answer)) throw talk.error(notOffered(this.title, answer))
  },
}

export default protocol

/** The next tag with what stands before it left out; the XML declaration is none. */
async function nextTag(talk: Talk): Promise<string> {
  for (;;) {
    const text = await talk.until('>')
    const tag = text.slice(Math.max(0, text.lastIndexOf('<'))).trim()
    if (!tag.startsWith('<?')) return tag
  }
}
