/** IMAP: STARTTLS as the first command, where CAPABILITY lists it. */
import type { Talk } from '../connect/talk.ts'
import { foreign, notOffered, type Starttls } from '../starttls.ts'

const protocol: Starttls = {
  title: 'IMAP',
  port: 143,
  source: 'RFC 9051 section 6.2.1',
  async begin(talk) {
    const greeting = await talk.line()
    if (!/^\* (?:OK|PREAUTH)\b/i.test(greeting)) throw talk.error(foreign(this.title, greeting))
    talk.send('a CAPABILITY\r\n')
    const capabilities = await tagged(talk, 'a')
    if (!capabilities.some(line => /^\* CAPABILITY\b.*\bSTARTTLS\b/i.test(line)))
      throw talk.error(notOffered(this.title))
    talk.send('b STARTTLS\r\n')
    const answer = (await tagged(talk, 'b')).at(-1) ?? ''
    if (!/^b OK\b/i.test(answer)) throw talk.error(notOffered(this.title, answer))
  },
}

export default protocol

/** Every line up to the one that ends the command. */
async function tagged(talk: Talk, tag: string): Promise<readonly string[]> {
  const lines: string[] = []
  while (!lines.at(-1)?.startsWith(`${tag} `)) lines.push(await talk.line())
  return lines
}
