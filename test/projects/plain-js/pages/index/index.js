const { HOST, OTHER } = require('../../config')
const config = require('../../config.js')

Page({
  onLoad() {
    wx.request({ url: `${OTHER}/list`, success: res => this.check(res) })
    wx.uploadFile({ url: config.UPLOAD, filePath: 'a', name: 'a', success: res => this.check(res) })
    wx.request({ url: 'http://localhost:3000/x', success: res => this.check(res) })
    wx.request({ url: 'http://192.168.1.20/x', success: res => this.check(res) })
    wx.request({ url: 'http://api.example.com/x', success: res => this.check(res) })
    wx.connectSocket({ url: 'ws://live.example.com/room' })
    wx.connectSocket({ url: 'tcp://live.example.com:9000' })
    wx.request({ url: 'https://files.example.com/x', success: res => this.check(res) })
    wx.request({ url: HOST + ':443/x', success: res => this.check(res) })
    wx.request({ url: HOST + ':9091/x', success: res => this.check(res) })
    wx.request({
      url: HOST + '/slow',
      timeout: 90 * 1000,
      header: { Referer: 'https://www.example.com/' },
      success(res) {
        this.setData({ list: res.data })
      },
    })
  },
  many() {
    Promise.all([
      wx.request({ url: HOST + '/1' }),
      wx.request({ url: HOST + '/2' }),
      wx.request({ url: HOST + '/3' }),
      wx.request({ url: HOST + '/4' }),
      wx.request({ url: HOST + '/5' }),
      wx.request({ url: HOST + '/6' }),
      wx.request({ url: HOST + '/7' }),
      wx.request({ url: HOST + '/8' }),
      wx.request({ url: HOST + '/9' }),
      wx.request({ url: HOST + '/10' }),
      wx.request({ url: HOST + '/11' }),
    ])
  },
  sockets() {
    wx.connectSocket({ url: 'wss://live.example.com/1' })
    wx.connectSocket({ url: 'wss://live.example.com/2' })
    wx.connectSocket({ url: 'wss://live.example.com/3' })
    wx.connectSocket({ url: 'wss://live.example.com/4' })
  },
})
