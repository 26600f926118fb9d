/** DevTools' own messages about TLS; it speaks Chinese. */
import { damaged, lifetime, purpose, weakSignature } from '../causes/certificate.ts'
import { tlsTooOld } from '../causes/handshake.ts'
import { checksOff } from '../causes/list.ts'
import { captureProxy } from '../causes/phone.ts'
import {
  chainIncomplete,
  expired,
  noSan,
  rootMissing,
  selfSigned,
  wrongName,
} from '../causes/trust.ts'
import type { Cause, Dialect } from '../dialect.ts'

const scope = { families: ['devtools'] } as const

const oldProxy: Cause = {
  text: {
    en: 'A proxy or VPN of the computer speaks an older TLS in between.',
    'zh-CN': '电脑上的代理或 VPN 在中间使用了旧版 TLS。',
  },
  tells: {
    en: 'The server has TLS 1.2, and phones work: switch the proxy off in DevTools.',
    'zh-CN': '服务器支持 TLS 1.2，手机也正常：请在开发者工具中关闭代理。',
  },
  proof: 'mpcert check HOST --platforms devtools',
  rules: [],
}

const dialect: Dialect = {
  title: { en: 'DevTools', 'zh-CN': '开发者工具' },
  rank: 2,
  messages: [
    {
      title: {
        en: 'the TLS version of the server must be 1.2 or above (对应的服务器 TLS 版本必须大于等于 1.2)',
        'zh-CN': '对应的服务器 TLS 版本必须大于等于 1.2',
      },
      patterns: [
        /TLS ?版本必须大于(?:等于|或等于)|对应的服务器 ?TLS/i,
        /TLS version must be (?:greater|1\.2|at least)/i,
      ],
      scope,
      causes: [tlsTooOld, oldProxy],
      note: {
        en: 'No key of app.json changes this: there is no tls.version.',
        'zh-CN': 'app.json 中没有可以改变这一点的配置：不存在 tls.version。',
      },
    },
    {
      title: {
        en: 'the certificate of the server is invalid (对应的服务器证书无效): any certificate error of Chromium',
        'zh-CN': '对应的服务器证书无效：Chromium 报告的任意一种证书错误',
      },
      patterns: [/对应的服务器证书|showRequestInfo/],
      scope,
      causes: [
        expired,
        wrongName,
        selfSigned,
        rootMissing,
        chainIncomplete,
        captureProxy,
        noSan,
        weakSignature,
        lifetime,
        purpose,
        damaged,
      ],
      note: {
        en: 'showRequestInfo() in the console shows which; paste the net::ERR_ name here.',
        'zh-CN':
          '在控制台输入 showRequestInfo() 可看到具体错误；请把其中的 net::ERR_ 名称粘贴到这里。',
      },
    },
    {
      title: {
        en: 'DevTools checks neither domains nor TLS nor certificates (工具未校验合法域名)',
        'zh-CN': '工具未校验合法域名、web-view（业务域名）、TLS 版本以及 HTTPS 证书',
      },
      patterns: [/[未不]校验(?:请求|合法)?域名|[未不]校验合法域名/, /urlCheck/i],
      causes: [checksOff],
      note: {
        en: 'This is no error: it says that what works here proves nothing for phones.',
        'zh-CN': '这不是错误：它表示这里能用并不代表手机能用。',
      },
    },
  ],
  recognise: () => null,
  sources: [
    'https://developers.weixin.qq.com/miniprogram/dev/devtools/project.html',
    'https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html',
  ],
}

export default dialect
