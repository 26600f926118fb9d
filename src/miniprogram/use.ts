/** What a Mini Program does with the network, as far as its sources tell. */

import type { Place } from '../place.ts'
import type { UrlVerdict } from './allowed.ts'
import type { ListName } from './list.ts'
import type { NetUrl } from './net-url.ts'

export interface UrlUse {
  readonly url: NetUrl
  readonly place: Place
  /** `mention`: which API uses it, if any, is not certain. */
  readonly use: 'call' | 'web-view' | 'asset' | 'mention'
  /** Null for assets and mentions. */
  readonly list: ListName | null
  /** What calls it, such as `wx.request`. */
  readonly by: string
}

export interface JudgedUse extends UrlUse {
  /** Null for assets: no list is for them. */
  readonly verdict: UrlVerdict | null
}

export interface ProjectCall {
  readonly list: ListName
  readonly name: string
  readonly place: Place
  /** The URL as far as it is certain. */
  readonly url: string | null
  readonly timeout: { readonly ms: number; readonly place: Place } | null
  readonly referer: Place | null
  readonly statusIgnored: Place | null
  /** Equal for calls that begin together. */
  readonly together: string | null
}
