/** Why the platform refuses a URL before anything is sent. */
import type { Cause } from '../dialect.ts'

export const notListed: Cause = {
  text: {
    en: "The host is not in the console's list for this API: request, uploadFile, downloadFile and socket have one each.",
    'zh-CN':
      '后台没有为该接口配置此域名：request、uploadFile、downloadFile、socket 各有一份合法域名列表。',
  },
  tells: {
    en: 'www and the bare domain are two names, and no parent domain covers its subdomains.',
    'zh-CN': 'www 与主域名是两个域名；配置父域名也不会覆盖子域名。',
  },
  proof: 'mpcert project DIR --url https://HOST/ --api request',
  rules: ['domain-not-listed', 'domain-listed-for-other-api'],
}

export const portRule: Cause = {
  text: {
    en: 'The port differs: a list entry with a port allows that port alone, one without allows no port in the URL, not even :443.',
    'zh-CN':
      '端口不一致：列表中写了端口就只能用该端口；没写端口，URL 中就不能带端口，:443 也不行。',
  },
  tells: {
    en: 'The host is listed, and the URL has a port; newer revisions of the rules differ.',
    'zh-CN': '域名已在列表中，而 URL 带了端口；较新的规则版本有所不同。',
  },
  proof: 'mpcert project DIR --url https://HOST/ --api request',
  rules: ['port-mismatch', 'port-explicit-default', 'port-not-configured'],
}

export const redirectOffList: Cause = {
  text: {
    en: 'The server redirects to a host that is not in the list.',
    'zh-CN': '服务器重定向到了不在列表中的域名。',
  },
  tells: {
    en: 'The URL itself is listed, and the answer is a 301 or 302.',
    'zh-CN': '请求的 URL 本身在列表中，而响应是 301 或 302。',
  },
  proof: 'mpcert check https://HOST/ --http',
  rules: ['redirect-off-list'],
}

export const listCached: Cause = {
  text: {
    en: 'The list was changed, and phone or DevTools still hold the old one.',
    'zh-CN': '列表刚改过，手机或开发者工具仍在使用旧列表。',
  },
  tells: {
    en: 'Delete the Mini Program on the phone and open it anew; in DevTools refresh the domain information.',
    'zh-CN': '在手机上删除小程序后重新打开；在开发者工具的“详情 - 域名信息”中刷新。',
  },
  proof: null,
  rules: [],
}

export const checksOff: Cause = {
  text: {
    en: 'DevTools checks nothing: urlCheck is false in the project settings.',
    'zh-CN': '开发者工具没有做任何校验：项目设置中 urlCheck 为 false。',
  },
  tells: {
    en: 'Details, local settings: “do not verify domain, TLS version, certificate” is ticked.',
    'zh-CN': '“详情 - 本地设置”中勾选了“不校验合法域名、web-view、TLS 版本以及 HTTPS 证书”。',
  },
  proof: 'mpcert project DIR',
  rules: ['urlcheck-disabled'],
}
