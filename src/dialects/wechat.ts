/** WeChat's own numbers and words: errno of the network APIs, and what the platform says before anything is sent. */
import { closedByTheWay, nothingCommon, plainPort, tlsTooOld } from '../causes/handshake.ts'
import { listCached, notListed, portRule, redirectOffList } from '../causes/list.ts'
import { deadAddress, refused, silent, unresolved } from '../causes/network.ts'
import { captureProxy, phoneOffline } from '../causes/phone.ts'
import { chainIncomplete, expired, rootMissing, wrongName } from '../causes/trust.ts'
import type { Cause, Dialect, Message } from '../dialect.ts'

const inBackground: Cause = {
  text: {
    en: 'The Mini Program went to the background and the request took more than 5 s longer.',
    'zh-CN': '小程序进入后台后 5 秒内请求仍未完成。',
  },
  tells: {
    en: 'The user had left: shorten the request, and repeat it in onShow.',
    'zh-CN': '发生在用户切走之后：请缩短请求耗时，并在 onShow 中重试。',
  },
  proof: 'mpcert check https://HOST/ --http',
  rules: ['slow-for-background'],
}

const slowServer: Cause = {
  text: {
    en: 'The server needs longer than the timeout: 60 s at most, or what app.json or the call says.',
    'zh-CN': '服务器耗时超过了超时时间：最长 60 秒，或 app.json 与调用中设置的值。',
  },
  tells: {
    en: 'It works with a longer timeout, or at quiet hours.',
    'zh-CN': '调大 timeout 或在空闲时段就正常。',
  },
  proof: 'mpcert check https://HOST/ --http',
  rules: ['timeout-below-latency'],
}

const tooMany: Cause = {
  text: {
    en: 'More than 10 requests, uploads and downloads, or more than 5 sockets, are open at once.',
    'zh-CN': '同时进行的 request、upload、download 超过 10 个，或 socket 超过 5 个。',
  },
  tells: { en: 'One request alone works.', 'zh-CN': '单独发起一个请求时正常。' },
  proof: 'mpcert project DIR',
  rules: ['concurrency-over-10', 'sockets-over-5'],
}

const badCall: Cause = {
  text: {
    en: 'The call itself is wrong: URL, header, method or data.',
    'zh-CN': '调用本身有误：URL、header、method 或 data。',
  },
  tells: {
    en: 'It fails at once, and no request shows in the network panel.',
    'zh-CN': '立即失败，网络面板中看不到请求。',
  },
  proof: 'mpcert project DIR',
  rules: ['scheme-not-https', 'scheme-not-wss', 'scheme-api-mismatch', 'timeout-invalid'],
}

const notUtf8: Cause = {
  text: {
    en: 'The response is not UTF-8: GBK, or bytes that are no text (then set responseType to arraybuffer).',
    'zh-CN': '响应不是 UTF-8：例如 GBK，或二进制内容（后者请将 responseType 设为 arraybuffer）。',
  },
  tells: {
    en: 'Other URLs of the same server work.',
    'zh-CN': '同一服务器的其他 URL 正常。',
  },
  proof: 'mpcert check https://HOST/ --http',
  rules: ['response-not-utf8', 'response-multiple-bom'],
}

const phoneSystem: Cause = {
  text: {
    en: 'The phone or WeChat itself failed, such as no permission for the network.',
    'zh-CN': '手机系统或微信自身出错，例如没有网络权限。',
  },
  tells: {
    en: 'One model or version alone: update WeChat, restart, then report it to the platform.',
    'zh-CN': '只在个别机型或版本出现：升级微信、重启后再试，仍不行请向平台反馈。',
  },
  proof: null,
  rules: [],
}

const verifyFile: Cause = {
  text: {
    en: 'The verification file is not served from the root of the domain: 404, a redirect, a login page, or a blocked crawler.',
    'zh-CN': '域名根目录下无法取得校验文件：404、重定向、登录页，或屏蔽了爬虫。',
  },
  tells: {
    en: 'Open https://HOST/FILE.txt: it must show the text of the file and nothing else.',
    'zh-CN': '直接打开 https://HOST/文件名.txt：应只显示文件内容。',
  },
  proof: 'mpcert check https://HOST/ --http --verify-file FILE.txt',
  rules: ['verify-file-unreachable'],
}

const messages: readonly Message[] = [
  {
    title: {
      en: 'url not in domain list (errno 600002): refused before anything is sent; not TLS',
      'zh-CN': 'url not in domain list（errno 600002）：请求发出前即被拒绝，与 TLS 无关',
    },
    codes: ['600002'],
    patterns: [
      /not in (?:the )?(?:\w+ ){0,3}domain\b/i,
      /合法域名校验|不在以下.{0,40}合法域名列表|不在.{0,20}合法域名|域名不合法/,
    ],
    causes: [notListed, portRule, redirectOffList, listCached],
  },
  {
    title: {
      en: 'fail interrupted (errno 600003): broken off in the background; not TLS',
      'zh-CN': 'fail interrupted（errno 600003）：在后台被中断，与 TLS 无关',
    },
    codes: ['600003'],
    patterns: [/fail:? *interrupted|network interrupted/i],
    causes: [inBackground, phoneOffline],
  },
  {
    title: {
      en: 'network change, cancel all task (errcode 10011): the phone changed its network; not TLS',
      'zh-CN': 'network change, cancel all task（errcode 10011）：手机切换了网络，与 TLS 无关',
    },
    codes: ['10011'],
    patterns: [/network change.{0,5}cancel/i],
    causes: [phoneOffline],
  },
  {
    title: {
      en: 'response data convert to UTF-8 failed (errno 602302)',
      'zh-CN': '响应数据转换为 UTF-8 失败（errno 602302）',
    },
    codes: ['602302'],
    patterns: [/convert to utf-?8 fail/i],
    causes: [notUtf8],
  },
  {
    title: {
      en: 'socket connect failed (errno 605103)',
      'zh-CN': 'socket 连接失败（errno 605103）',
    },
    codes: ['605103'],
    patterns: [/socket connect fail/i],
    scope: { apis: ['socket'] },
    causes: [refused, silent, unresolved, deadAddress],
  },
  {
    title: {
      en: 'too many tasks (errno 600007): more at once than the platform allows',
      'zh-CN': '任务过多（errno 600007）：超过平台允许的并发数',
    },
    codes: ['600007'],
    patterns: [/(?:exceed|max|too many).{0,20}(?:task|request|connection|socket)|最大并发/i],
    causes: [tooMany],
  },
  {
    title: {
      en: 'redirect error (errno 600008): too many, or to where it may not go',
      'zh-CN': '重定向错误（errno 600008）：次数过多，或目标不被允许',
    },
    codes: ['600008'],
    patterns: [/too many redirects/i],
    causes: [redirectOffList],
  },
  {
    title: { en: 'invalid URL (errno 600009)', 'zh-CN': 'URL 无效（errno 600009）' },
    codes: ['600009'],
    patterns: [/fail:? *invalid url|url is invalid/i],
    causes: [badCall],
  },
  {
    title: {
      en: 'wrong argument (errno 600005), such as a URL that is not https',
      'zh-CN': '参数错误（errno 600005），例如 URL 不是 https',
    },
    codes: ['600005'],
    patterns: [/protocol must be https?/i],
    causes: [badCall],
  },
  {
    title: {
      en: 'data cannot be written (errno 600010): serialisation failed',
      'zh-CN': '数据序列化失败（errno 600010）',
    },
    codes: ['600010'],
    patterns: [],
    causes: [badCall],
  },
  {
    title: { en: 'data do not validate (errno 600011)', 'zh-CN': '数据校验失败（errno 600011）' },
    codes: ['600011'],
    patterns: [],
    causes: [badCall],
  },
  {
    title: {
      en: 'error of the network logic (errno 600004)',
      'zh-CN': '网络逻辑错误（errno 600004）',
    },
    codes: ['600004'],
    patterns: [],
    causes: [badCall, phoneSystem],
  },
  {
    title: {
      en: 'error of the phone (errno 600006)',
      'zh-CN': '系统错误（errno 600006）',
    },
    codes: ['600006'],
    patterns: [],
    causes: [phoneSystem, phoneOffline],
  },
  {
    title: {
      en: 'the verification file of a domain cannot be checked',
      'zh-CN': '域名校验文件检查失败',
    },
    patterns: [
      // Alone, or beside what it is about: servers say the same with status 500.
      /^internal server error$|internal server error.{0,40}(?:domain|console|域名|后台)/i,
      /(?:domain|console|域名|后台).{0,40}internal server error/i,
      /校验文件|verif\w* file/i,
    ],
    causes: [verifyFile],
  },
  {
    title: {
      en: 'request:fail timeout: no complete answer in time',
      'zh-CN': 'request:fail timeout：未在规定时间内完成',
    },
    patterns: [/fail:? *(?:\w+ )?time ?-?d? ?out|请求超时/i],
    causes: [slowServer, silent, deadAddress, phoneOffline],
  },
  {
    title: {
      en: 'error within the network component (errno 600001): the number beside it says which',
      'zh-CN': '网络组件内部错误（errno 600001）：具体原因见旁边的错误码',
    },
    codes: ['600001'],
    patterns: [],
    wraps: true,
    causes: [
      chainIncomplete,
      rootMissing,
      expired,
      wrongName,
      tlsTooOld,
      nothingCommon,
      plainPort,
      captureProxy,
    ],
    note: {
      en: 'Paste the whole message: errcode or cronet_error_code in it tells these apart.',
      'zh-CN': '请粘贴完整的错误信息：其中的 errcode 或 cronet_error_code 可以区分具体原因。',
    },
  },
  {
    title: {
      en: 'unknown network error (errno 600000)',
      'zh-CN': '未知网络错误（errno 600000）',
    },
    codes: ['600000'],
    patterns: [],
    wraps: true,
    causes: [phoneOffline, silent, unresolved, chainIncomplete, closedByTheWay],
  },
]

const dialect: Dialect = {
  title: { en: "WeChat's network APIs", 'zh-CN': '微信网络接口' },
  rank: 3,
  messages,
  recognise(text) {
    const [, errno] = /(?:errno[\s:=]{0,4}|^)(6\d{5})(?!\d)/i.exec(text) ?? []
    if (errno !== undefined)
      return {
        en: `an errno of WeChat's network APIs (${errno}): see PublicErrno in its documentation`,
        'zh-CN': `微信网络接口的 errno（${errno}）：含义见官方文档“Errno 错误码”`,
      }
    const [, api] =
      /\b((?:request|uploadFile|downloadFile|connectSocket|sendSocketMessage):fail)\b/i.exec(
        text,
      ) ?? []
    return api === undefined
      ? null
      : { en: `a failed call of a Mini Program (${api})`, 'zh-CN': `小程序接口调用失败（${api}）` }
  },
  sources: [
    'https://developers.weixin.qq.com/miniprogram/dev/framework/usability/PublicErrno.html',
    'https://developers.weixin.qq.com/miniprogram/dev/framework/ability/network.html',
  ],
}

export default dialect
