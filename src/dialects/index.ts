// Written from the folder listing by test/registry.test.ts: `npm test -- -u` writes it anew.
import type { Dialect } from '../dialect.ts'
import android_ from './android.ts'
import apple_ from './apple.ts'
import cronet_ from './cronet.ts'
import devtools_ from './devtools.ts'
import openssl_ from './openssl.ts'
import people_ from './people.ts'
import wechat_ from './wechat.ts'
import wss_ from './wss.ts'

export type DialectId =
  | 'android'
  | 'apple'
  | 'cronet'
  | 'devtools'
  | 'openssl'
  | 'people'
  | 'wechat'
  | 'wss'

export const dialects: Readonly<Record<DialectId, Dialect>> = {
  'android': android_,
  'apple': apple_,
  'cronet': cronet_,
  'devtools': devtools_,
  'openssl': openssl_,
  'people': people_,
  'wechat': wechat_,
  'wss': wss_,
}
