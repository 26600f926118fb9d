/** `mpcert schema`: the JSON Schema of the report. */
import { reportSchema } from '../reports/json/schema.ts'
import type { Invocation } from './invocation.ts'

export async function run({ print }: Invocation): Promise<number> {
  await print(`${JSON.stringify(reportSchema, null, 2)}\n`)
  return 0
}
