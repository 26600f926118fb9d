/** SMTP: EHLO, then STARTTLS where it is listed. */
import { foreign, notOffered, type Starttls } from '../starttls.ts'
import { readReply } from './parts/numeric-reply.ts'

const protocol: Starttls = {
  title: 'SMTP',
  port: 25,
  source: 'RFC 3207',
  async begin(talk) {
    const greeting = await readReply(talk, this.title)
    if (greeting.code !== 220) throw talk.error(foreign(this.title, greeting.lines.join(' ')))
    talk.send('EHLO mpcert.invalid\r\n')
    const { code, lines } = await readReply(talk, this.title)
    if (code !== 250) throw talk.error(notOffered(this.title, lines.join(' ')))
    if (!lines.some(line => /^250[ -]STARTTLS\s*$/i.test(line)))
      throw talk.error(notOffered(this.title))
    talk.send('STARTTLS\r\n')
    const answer = await readReply(talk, this.title)
    if (answer.code !== 220) throw talk.error(notOffered(this.title, answer.lines.join(' ')))
  },
}

export default protocol
