"use strict";
const common_vendor = require("./vendor.js");
const baseUrl = "https://api.example.com";
const request = (options) => {
  return new Promise((resolve, reject) => {
    common_vendor.index.request({
      url: "".concat(baseUrl, options.url),
      success: (res) => {
        if (res.statusCode === 200) resolve(res.data);
      },
      fail: (err) => reject(err)
    });
  });
};
exports.request = request;
exports.baseUrl = baseUrl;
