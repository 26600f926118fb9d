"use strict";var t="https://uniapp.dcloud.net.cn/";const index={request(e){return wx.request(e)}};exports.index=index;
