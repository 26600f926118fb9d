/** `--write-fullchain`: the repaired chain as a file, whole or not at all. */
import { ChainBook } from '../facts/chain-book.ts'
import { certificateLabel } from '../facts/leaf.ts'
import type { JudgeOptions } from '../judge/judge.ts'
import type { Observation } from '../observation.ts'
import { join, type Text } from '../text.ts'
import { chosenPlatforms, type World } from '../world.ts'
import { encodePem } from '../x509/pem.ts'
import type { Invocation } from './invocation.ts'
import { writeWhole } from './write-file.ts'

/** Platforms that were named must all have a path; else those of the current tier, as far as there is one. True when written. */
export async function writeFullChain(
  file: string,
  observation: Observation,
  world: World,
  { named = [] }: Pick<JudgeOptions, 'named'>,
  { hint, complain }: Pick<Invocation, 'hint' | 'complain'>,
): Promise<boolean> {
  const refuse = (why: Text) => {
    complain(join([{ en: `${file} is not written: `, 'zh-CN': `未写入 ${file}：` }, why]))
    return false
  }
  const shown = new ChainBook(observation, world).chains
  const trust = shown.find(chain => chain.trust)?.trust
  if (!trust)
    return refuse({ en: 'the server showed no certificate', 'zh-CN': '服务器没有出示证书' })
  const platforms =
    named.length > 0
      ? chosenPlatforms(world, named)
      : world.platforms.filter(({ tier }) => tier === 'current')
  const repaired = trust.repair(platforms)
  if (!repaired) {
    const lacking = trust.missing.map(({ subject, keyId, url }) =>
      [subject, keyId && `(${keyId})`, url].filter(part => part).join(' '),
    )
    return refuse(
      lacking.length > 0
        ? {
            en: `certificates are missing that could not be had: ${lacking.join('; ')}`,
            'zh-CN': `缺少无法获取的证书：${lacking.join('；')}`,
          }
        : {
            en: 'no platform has a path, whatever is sent',
            'zh-CN': '无论发送哪些证书，都没有平台能建立证书路径',
          },
    )
  }
  const { chain, without } = repaired
  const names = without.map(({ id }) => id).join(', ')
  if (named.length > 0 && without.length > 0)
    return refuse({
      en: `no chain at hand satisfies ${names}`,
      'zh-CN': `现有证书无法让以下平台建立路径：${names}`,
    })
  await writeWhole(file, chain.map(({ der }) => encodePem(der)).join(''))
  const labels = chain.map(certificateLabel).join(' ← ')
  hint({ en: `${file} holds ${labels}`, 'zh-CN': `已写入 ${file}：${labels}` })
  if (without.length > 0)
    hint({
      en: `no chain at hand satisfies ${names}`,
      'zh-CN': `现有证书无法让以下平台建立路径：${names}`,
    })
  if (shown.length > 1)
    hint({
      en: 'the server shows several chains; the file holds the first one',
      'zh-CN': '服务器有多条证书链，文件中为第一条',
    })
  return true
}
