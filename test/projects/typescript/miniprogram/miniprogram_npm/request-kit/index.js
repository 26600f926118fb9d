var docs = 'https://kit.example.com/docs';
module.exports = function () { wx.request({ url: 'https://telemetry.example.com/hit' }); };
