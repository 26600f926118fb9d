/** What is wrong with one phone or computer and not with the server. */
import type { Cause } from '../dialect.ts'

export const captureProxy: Cause = {
  text: {
    en: 'A capture tool, a VPN or a company gateway on the way shows a certificate of its own.',
    'zh-CN': '抓包工具、VPN 或公司网关在途中换上了自己的证书。',
  },
  tells: {
    en: 'Only this phone or this network fails: try mobile data, with the proxy off.',
    'zh-CN': '只有这部手机或这个网络失败：关闭代理并改用移动数据再试。',
  },
  proof: null,
  rules: [],
}

export const phoneClock: Cause = {
  text: { en: "The phone's clock is wrong.", 'zh-CN': '手机时间不正确。' },
  tells: {
    en: 'Only this phone fails, and with other sites too: set its time automatically.',
    'zh-CN': '只有这部手机失败，访问其他网站也一样：请打开自动设置时间。',
  },
  proof: null,
  rules: [],
}

export const phoneOffline: Cause = {
  text: {
    en: 'The phone has no network, or has just changed it.',
    'zh-CN': '手机没有网络，或刚刚切换了网络。',
  },
  tells: {
    en: 'A second attempt works: retry in code.',
    'zh-CN': '重试即可成功：请在代码中重试。',
  },
  proof: null,
  rules: [],
}

export const hostsFile: Cause = {
  text: {
    en: 'A hosts file, VPN or proxy of the computer leads to another server.',
    'zh-CN': '电脑的 hosts 文件、VPN 或代理指向了另一台服务器。',
  },
  tells: {
    en: 'The name has another address on the phone.',
    'zh-CN': '同一域名在手机上解析到不同的地址。',
  },
  proof: 'mpcert check HOST --all-addresses',
  rules: [],
}
