/** Row 20: more than ten calls begin together. */
import type { ListName } from '../miniprogram/list.ts'
import type { ProjectCall } from '../miniprogram/use.ts'
import { defineProjectRule } from '../project-rule.ts'
import { platformDocument } from '../sources.ts'

const MAX_PARALLEL = 10
const PARALLEL: ReadonlySet<ListName> = new Set(['request', 'upload', 'download'])

export default defineProjectRule({
  severity: 'info',
  statement: {
    en: 'At most 10 of wx.request, wx.uploadFile and wx.downloadFile run at once.',
    'zh-CN': 'wx.request、wx.uploadFile、wx.downloadFile 的最大并发为 10 个。',
  },
  sources: [platformDocument],
  title: { en: 'Over 10 calls at once', 'zh-CN': '同时发起超过 10 个请求' },
  check: ({ calls }) => {
    const groups = new Map<string, ProjectCall[]>()
    for (const call of calls) {
      if (call.together === null || !PARALLEL.has(call.list)) continue
      const group = groups.get(call.together)
      if (group) group.push(call)
      else groups.set(call.together, [call])
    }
    return [...groups.values()].flatMap(group => {
      const [first] = group
      if (!first || group.length <= MAX_PARALLEL) return []
      const lists = [...new Set(group.map(({ list }) => list))]
      return [{ args: { count: group.length }, place: first.place, lists, about: first.name }]
    })
  },
  example: { count: 12 },
  message: ({ count }) => ({
    en: `${count} calls begin here together; what exceeds ${MAX_PARALLEL} waits, or fails with errno 600007`,
    'zh-CN': `此处同时发起 ${count} 个请求；超过 ${MAX_PARALLEL} 个的部分会排队，或以 errno 600007 失败`,
  }),
  fix: () => null,
})
