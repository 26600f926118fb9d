// Every line here is a near miss: nothing is said about this file.
const { HOST } = require('../../config')
const path = location()

Page({
  onLoad() {
    wx.request({ url: HOST, timeout: 60000, header: { 'X-Referer': 'a' }, success: this.done })
    wx.request({ url: `${HOST}/x`, success: ({ data, statusCode }) => show(data, statusCode) })
    wx.request({ url: HOST + '/y' + path, success: res => (res.statusCode === 200 ? res.data : null) })
    wx.request({ url: HOST + '?z', success: res => this.check(res) })
    wx.request({ url: 'https://files.example.com:8443/x', fail: console.error })
    wx.uploadFile({ url: 'https://files.example.com:8443/x', filePath: 'a', name: 'a' })
    wx.downloadFile({ url: 'https://cdn.example.com/a.pdf' })
    wx.connectSocket({ url: 'wss://live.example.com/1' })
    const udp = wx.createUDPSocket()
    udp.send({ address: 'voice.example.com', port: 9000, message: 'a' })
    console.log('https://www.w3.org/2000/svg')
  },
  ten() {
    wx.request({ url: HOST + '/1' })
    wx.request({ url: HOST + '/2' })
    wx.request({ url: HOST + '/3' })
    wx.request({ url: HOST + '/4' })
    wx.request({ url: HOST + '/5' })
    wx.request({ url: HOST + '/6' })
    wx.request({ url: HOST + '/7' })
    wx.request({ url: HOST + '/8' })
    wx.request({ url: HOST + '/9' })
    wx.request({ url: HOST + '/10' })
  },
})
