/** Why nobody answered: the reason that says most. */
import { formatAuthority } from '../connect/target.ts'
import type { Observation, RecordedError } from '../observation.ts'

export function whyUnreachable({ resolution, nodes, target }: Observation): RecordedError {
  if (resolution.state === 'failed') return resolution.error
  const attempts = nodes.flatMap(node => Object.values(node.attempts))
  const where = formatAuthority(target.host, target.port)
  if (attempts.some(({ kind }) => kind === 'timeout')) return silence(where)
  const errors = [
    ...nodes.flatMap(({ reach }) => (reach.state === 'failed' ? [reach.error] : [])),
    ...attempts.flatMap(attempt => (attempt.kind === 'failed' ? [attempt.error] : [])),
  ]
  return (
    errors[0] ?? {
      code: 'ERR_CONNECT',
      phase: 'connect',
      system: null,
      text: {
        en: `${where} cannot be checked from here: this machine has no route to its address family`,
        'zh-CN': `无法从本机检查 ${where}：本机没有通往该地址族的路由`,
      },
    }
  )
}

/** A port that takes the connection and then says nothing. */
export function silence(where: string): RecordedError {
  return {
    code: 'ERR_TIMEOUT',
    phase: 'handshake',
    system: null,
    text: {
      en: `${where} accepts the connection and then stays silent`,
      'zh-CN': `${where} 接受连接后一直没有回应`,
    },
  }
}
