/** FTP: AUTH TLS on the control connection. */
import { foreign, notOffered, type Starttls } from '../starttls.ts'
import { readReply } from './parts/numeric-reply.ts'

const protocol: Starttls = {
  title: 'FTP',
  port: 21,
  source: 'RFC 4217 section 4',
  async begin(talk) {
    const greeting = await readReply(talk, this.title)
    if (greeting.code !== 220) throw talk.error(foreign(this.title, greeting.lines.join(' ')))
    talk.send('AUTH TLS\r\n')
    const { code, lines } = await readReply(talk, this.title)
    if (code !== 234) throw talk.error(notOffered(this.title, lines.join(' ')))
  },
}

export default protocol
