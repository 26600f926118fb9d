// A host that is chosen at run time is counted, not guessed.
Page({
  onLoad(options) {
    wx.request({ url: options.base + '/x' })
    wx.request({ url: 'https://' + options.region + '.example.com/x' })
    const tcp = wx.createTCPSocket()
    tcp.connect({ address: 'relay.example.com', port: 80 })
    tcp.connect({ address: 'stranger.example.com', port: 80 })
  },
})
