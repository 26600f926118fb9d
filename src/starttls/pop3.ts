/** POP3: STLS, which servers announce in CAPA but need not. */
import { foreign, notOffered, type Starttls } from '../starttls.ts'

const protocol: Starttls = {
  title: 'POP3',
  port: 110,
  source: 'RFC 2595 section 4',
  async begin(talk) {
    const greeting = await talk.line()
    if (!greeting.startsWith('+OK')) throw talk.error(foreign(this.title, greeting))
    talk.send('STLS\r\n')
    const answer = await talk.line()
    if (!answer.startsWith('+OK')) throw talk.error(notOffered(this.title, answer))
  },
}

export default protocol
