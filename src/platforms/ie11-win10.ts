/** Reference: Internet Explorer 11 on Windows 10. */

import { reference } from '../families/reference.ts'
import { schannel, schannelSources } from '../families/schannel.ts'
import schannelWin10 from '../hellos/schannel-win10.ts'

export default reference({
  id: 'ie11-win10',
  title: 'IE 11, Windows 10',
  since: '11',
  store: { name: 'microsoft', version: '2026-07-19' },
  name: 'Schannel',
  hello: schannelWin10,
  ...schannel,
  notes: [
    { en: 'Windows 10 before TLS 1.3.', 'zh-CN': '尚无 TLS 1.3 的 Windows 10。' },
    { en: 'The store is that of Windows of today.', 'zh-CN': '按 Windows 的最新根证书库判定。' },
  ],
  sources: schannelSources,
})
