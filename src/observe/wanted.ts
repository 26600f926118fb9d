/** Whether anything is asked beyond TLS: the form of the target says so, or the user. */
import type { Target } from '../connect/target.ts'
import type { WebOptions } from './web.ts'

export function wantsHttp({ scheme, path }: Target, { http, verifyFile }: WebOptions): boolean {
  const isPage = scheme === 'https' && path !== null && path !== '/'
  return http === true || verifyFile !== undefined || isPage
}

export function wantsWeb(target: Target, options: WebOptions): boolean {
  return target.scheme === 'wss' || wantsHttp(target, options)
}
