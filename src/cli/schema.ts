/** `mpcert schema`: the JSON Schema of the report, or of the configuration. */
import { UsageError } from '../errors.ts'
import { configSchema } from '../miniprogram/config.ts'
import { reportSchema } from '../reports/json/schema.ts'
import type { Invocation } from './invocation.ts'

export async function run({ print, arguments: [name = 'report'] }: Invocation): Promise<number> {
  const schemas = new Map([
    ['report', reportSchema],
    ['config', configSchema],
  ])
  const schema = schemas.get(name)
  if (!schema)
    throw new UsageError({
      en: `no schema ${name}: choose one of ${[...schemas.keys()].join(', ')}`,
      'zh-CN': `没有 ${name} 的 Schema：可选值为 ${[...schemas.keys()].join('、')}`,
    })
  await print(`${JSON.stringify(schema, null, 2)}\n`)
  return 0
}
