wx.request({ url: 'http://docs.example.com' })
