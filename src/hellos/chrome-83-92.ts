/** Chrome 83–92: the NW.js of the WeChat DevTools of today. */
import type { Hello } from '../hello.ts'
import { same } from '../text.ts'
import { versions } from '../wire/names.ts'
import chrome101 from './chrome-101.ts'

const hello: Hello = {
  id: 'chrome-83-92',
  title: same('Chrome 83–92'),
  evidence: 'described',
  sources: [
    'utls@ab377759 u_parrots.go HelloChrome_83',
    'utls@ab377759 u_parrots.go HelloChrome_87',
    'github.com/msojocs/wechat-web-devtools-linux@19b7b39 conf/config.json (NW.js 0.55.0 with DevTools 2.01.2510290)',
    'github.com/nwjs/nw.js wiki (NW.js 0.53.0 = Chromium 90)',
  ],
  date: '2025-07-21',
  doubts: [
    {
      en: 'Written down from a mimic of the client; no raw bytes were seen.',
      'zh-CN': '依据模拟该客户端的代码记录，未见原始字节。',
    },
    {
      en: 'NW.js 0.55.0 = Chromium 92 is inferred from the monthly releases.',
      'zh-CN': 'NW.js 0.55.0 对应 Chromium 92 系按月度发布节奏推断。',
    },
  ],
  spec: {
    ...chrome101.spec,
    versions: versions('TLS 1.3', 'TLS 1.2', 'TLS 1.1', 'TLS 1.0'),
    extensions: chrome101.spec.extensions.filter(name => name !== 'application_settings_old'),
  },
}

export default hello
