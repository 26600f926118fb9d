/** What people say without any message: here it works, there it fails. */
import { lifetime, purpose, transparency, weakKey, weakSignature } from '../causes/certificate.ts'
import { atsHandshake, largeHello, nothingCommon, tlsTooOld } from '../causes/handshake.ts'
import { checksOff, notListed, portRule } from '../causes/list.ts'
import { deadAddress } from '../causes/network.ts'
import { captureProxy, hostsFile } from '../causes/phone.ts'
import { chainIncomplete, noSan, rootDistrusted, rootMissing, selfSigned } from '../causes/trust.ts'
import type { Dialect } from '../dialect.ts'

const DEVTOOLS =
  'dev ?-?tools?|simulators?|emulators?|browsers?|desktop|computers?|pc|chrome|postman|开发者?工具|模拟器|浏览器|电脑'
const PHONE = '(?:real )?(?:phones?|devices?|mobiles?)|handsets?|真机|手机'
const IOS = 'ios|iphones?|ipads?|苹果'
const ANDROID = 'androids?|安卓'
const DEBUG_ON = 'debug(?:ging)?(?: mode)? on|with debug(?:ging)?|打开调试|开启调试|调试模式'
const DEBUG_OFF =
  'debug(?:ging)?(?: mode)? off|without debug(?:ging)?|off|关闭调试|关掉调试|不开调试|关闭|正式版'

const GOOD =
  "(?<!not |n't |never )(?:works?|working|fine|ok(?:ay)?|succeeds?|loads?)\\b|(?<!不)(?:正常|可以|能用|成功)|没问题|没有问题"
const BAD =
  "(?:not|n't|never) (?:works?|working|load)|(?:fails?|failing|failed|failure|errors?|broken|dead)\\b|失败|报错|不行|不能|不可以|不正常|异常|无法|出错|不通|没反应"

const dialect: Dialect = {
  title: { en: 'What people see', 'zh-CN': '现象' },
  rank: 4,
  messages: [
    {
      title: {
        en: 'Works with debugging on, fails with it off',
        'zh-CN': '打开调试正常，关闭调试失败',
      },
      patterns: [contrast(DEBUG_ON, DEBUG_OFF)],
      causes: [notListed, portRule, chainIncomplete, rootMissing],
      note: {
        en: 'With debugging on, the phone does not hold URLs against the list.',
        'zh-CN': '打开调试时，手机不校验合法域名。',
      },
    },
    {
      title: { en: 'Works on iOS, fails on Android', 'zh-CN': 'iOS 正常，Android 失败' },
      patterns: [contrast(IOS, ANDROID)],
      scope: { families: ['android'] },
      causes: [chainIncomplete, rootMissing, nothingCommon],
    },
    {
      title: { en: 'Works on Android, fails on iOS', 'zh-CN': 'Android 正常，iOS 失败' },
      patterns: [contrast(ANDROID, IOS)],
      scope: { families: ['ios'] },
      causes: [
        atsHandshake,
        weakKey,
        weakSignature,
        lifetime,
        noSan,
        purpose,
        rootMissing,
        rootDistrusted,
        selfSigned,
        transparency,
      ],
    },
    {
      title: {
        en: 'Works in DevTools or a desktop browser, fails on phones',
        'zh-CN': '开发者工具或桌面浏览器正常，手机失败',
      },
      patterns: [contrast(DEVTOOLS, `${PHONE}|${IOS}|${ANDROID}`)],
      scope: { families: ['ios', 'android', 'harmony'] },
      causes: [
        checksOff,
        chainIncomplete,
        notListed,
        rootMissing,
        hostsFile,
        captureProxy,
        deadAddress,
        largeHello,
        tlsTooOld,
      ],
    },
  ],
  recognise: () => null,
  sources: ['https://www.tencentcloud.com/document/product/1219/61745 (Network, 2024-11-21)'],
}

export default dialect

/** It works with the first and fails with the second, in either order; each word beside its own subject. */
function contrast(good: string, bad: string): RegExp {
  return new RegExp(`^(?=.*(?:${said(good, GOOD, BAD)}))(?=.*(?:${said(bad, BAD, GOOD)}))`, 'i')
}

/** `iOS works`, `works on iOS`; nothing of the other kind, and no new clause, in between. */
function said(subject: string, word: string, other: string): string {
  const gap = `(?:(?!${word}|${other}|[,;。，；]|\\bbut\\b|但).){0,24}?`
  return `(?:${subject})${gap}(?:${word})|(?:${word})${gap}(?:on|in|with|at|under|from) (?:an? |the |my |all |real |it )?(?:${subject})`
}
