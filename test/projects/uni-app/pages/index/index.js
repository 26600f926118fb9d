"use strict";
const common_vendor = require("../../common/vendor.js");
const common_request = require("../../common/request.js");
const _sfc_main = {
  methods: {
    send() {
      common_vendor.index.uploadFile({ url: `${common_request.baseUrl}/upload`, filePath: "a", name: "a" });
      common_vendor.index.request({ url: "https://api.example.com:9443/x" });
      common_vendor.index.connectSocket({ url: "wss://live.example.com:8443/x" });
      common_vendor.index.request({ url: "https://other.example.com/x" }).then((res) => {
        console.log(res.data);
      });
      uni.request({ url: "http://127.0.0.1:8080/x" });
    }
  }
};
wx.createPage(_sfc_main);
