/** Row 41: transparency that only a newer list of logs could vouch for. */
import { isDoubtful, sctLogName } from '../chain/sct.ts'
import { weighScts } from '../facts/transparency.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  severity: 'info',
  rank: 60,
  statement: {
    en: 'New logs come up every year: timestamps of logs that are not known here may be good, and count as such.',
    'zh-CN': '每年都有新的 CT 日志：来自未知日志的 SCT 可能有效，按有效计。',
  },
  sources: ['https://support.apple.com/en-us/103703', 'RFC 6962 section 3'],
  title: {
    en: 'Certificate Transparency not verified',
    'zh-CN': '证书透明度（CT）未能验证',
  },
  needs: ['leaf', 'scts'],
  check({ leaf, scts }, { at, stack }) {
    const weighed = stack.ct && weighScts(leaf, scts, stack.ct, at)
    if (weighed?.state !== 'unverified') return []
    const doubtful = scts.filter(isDoubtful)
    const logs = [...new Set(doubtful.map(sctLogName))]
    return [{ args: { doubtful: doubtful.length, all: scts.length, logs } }]
  },
  example: { doubtful: 2, all: 3, logs: ['0123456789abcdef', 'Example Log 2027'] },
  message: ({ doubtful, all, logs }) => ({
    en: `${doubtful} of ${all} SCTs are from logs that could not be judged here: ${logs.join(', ')}`,
    'zh-CN': `${all} 个 SCT 中有 ${doubtful} 个来自无法判定的日志：${logs.join('、')}`,
  }),
  fix: () => ({
    text: {
      en: 'Nothing needs to change on the server. A newer list of logs tells: mpcert stores update --from FILE.',
      'zh-CN': '服务器无需改动。可导入较新的日志列表后再检查：mpcert stores update --from 文件。',
    },
  }),
})
