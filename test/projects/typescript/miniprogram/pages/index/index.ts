import { live } from '../../env'
import { load } from '../../http'

enum Mode {
  Fast,
}

Page({
  async onLoad(this: { readonly mode?: Mode }) {
    await load<string>('/list')
    wx.connectSocket({ url: live })
    wx.connectSocket({ url: live!.replace(':9443', '') })
    wx.request({ url: <string>'https://api.weixin.qq.com/sns/jscode2session' })
  },
})
