import { Env } from './env'

interface Reply<T> {
  readonly data: T
}

/** Taken apart before the status is read: nothing here looks at it. */
export function load<T>(path: string): Promise<T> {
  return new Promise((resolve, reject) => {
    wx.request({
      url: Env.api + path,
      success: ({ data }: Reply<T>) => resolve(data),
      fail: reject,
    })
  })
}

export function save<T>(path: string): Promise<T> {
  return new Promise((resolve, reject) => {
    wx.request({ url: `${Env.beta}${path}`, method: 'POST', success: resolve as never, fail: reject })
  })
}
