/** `mpcert schema`: the JSON Schema of the report, or of the configuration. */
import { UsageError } from '../errors.ts'
import { configSchema } from '../miniprogram/config.ts'
import { reportSchema } from '../reports/json/schema.ts'
import type { Invocation } from './invocation.ts'

const SCHEMAS = new Map([
  ['report', reportSchema],
  ['config', configSchema],
])

export async function run({ print, arguments: [name = 'report'] }: Invocation): Promise<number> {
  const schema = SCHEMAS.get(name)
  if (!schema)
    throw new UsageError({
      en: `no schema ${name}: choose one of ${[...SCHEMAS.keys()].join(', ')}`,
      'zh-CN': `没有 ${name} 的 Schema：可选值为 ${[...SCHEMAS.keys()].join('、')}`,
    })
  await print(`${JSON.stringify(schema, null, 2)}\n`)
  return 0
}
