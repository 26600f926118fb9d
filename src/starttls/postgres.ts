/** PostgreSQL: SSLRequest, answered by one byte. */
import { Writer } from '../bytes.ts'
import { foreign, notOffered, type Starttls } from '../starttls.ts'

/** 1234.5679, a version that no server has. */
const SSL_REQUEST = 80_877_103

const protocol: Starttls = {
  title: 'PostgreSQL',
  port: 5432,
  source: 'https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL',
  async begin(talk) {
    talk.send(new Writer().u32(8).u32(SSL_REQUEST).bytes())
    const answer = Buffer.from(await talk.take(1)).toString('latin1')
    // E is how servers older than the request begin an error message.
    if (answer === 'N' || answer === 'E') throw talk.error(notOffered(this.title))
    if (answer !== 'S') throw talk.error(foreign(this.title, answer))
  },
}

export default protocol
