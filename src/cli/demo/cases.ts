/** All cases of the demo, by id: the first label of the name that is asked for. */
import type { DemoCase } from './case.ts'
import { chain } from './cases/chain.ts'
import { key } from './cases/key.ts'
import { leaf } from './cases/leaf.ts'
import { manner } from './cases/manner.ts'
import { port } from './cases/port.ts'
import { protocol } from './cases/protocol.ts'
import { sound } from './cases/sound.ts'
import { staple } from './cases/staple.ts'
import { web } from './cases/web.ts'

export const cases: Readonly<Record<string, DemoCase>> = {
  ...sound,
  ...leaf,
  ...chain,
  ...key,
  ...staple,
  ...protocol,
  ...manner,
  ...port,
  ...web,
}
