/** What any proxy is asked for, and the refusals that all of them know. */
import type { Text } from '../text.ts'
import type { Credentials } from './proxy.ts'

export interface WayAsked {
  /** A name that the proxy looks up, or an address. */
  readonly host: string
  readonly port: number
  readonly credentials: Credentials | null
}

export function refused(authority: string, { en, 'zh-CN': zh }: Text): Text {
  return {
    en: `opens no connection to ${authority}: ${en}`,
    'zh-CN': `没有建立到 ${authority} 的连接：${zh}`,
  }
}

export const LOGIN_NEEDED: Text = {
  en: 'wants a user name and a password: write user:password@ before its host',
  'zh-CN': '要求用户名和密码：请在代理主机名前写上 用户名:密码@',
}

export const WRONG_LOGIN: Text = {
  en: 'does not accept this user name and password',
  'zh-CN': '不接受该用户名或密码',
}
