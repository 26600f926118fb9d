/** What the user typed wrong, in our words: commander speaks English alone. */
import type { CommanderError } from 'commander'
import { UsageError } from '../errors.ts'
import type { Text } from '../text.ts'

export function toUsageError(error: CommanderError): UsageError {
  const [, subject = ''] = /'([^']*)'/.exec(error.message) ?? []
  const [, likely] = /Did you mean (?:one of )?(.+?)\?/.exec(error.message) ?? []
  const { en, 'zh-CN': zh } = words(error.code, subject, error.message)
  return new UsageError({
    en: likely ? `${en} (did you mean ${likely}?)` : en,
    'zh-CN': likely ? `${zh}（是不是想输入 ${likely}？）` : zh,
  })
}

function words(code: string, subject: string, message: string): Text {
  switch (code) {
    case 'commander.unknownOption':
      return { en: `unknown option ${subject}`, 'zh-CN': `未知选项 ${subject}` }
    case 'commander.unknownCommand':
      return { en: `unknown command ${subject}`, 'zh-CN': `未知命令 ${subject}` }
    case 'commander.help':
      return { en: 'no such command (see mpcert help)', 'zh-CN': '没有该命令（见 mpcert help）' }
    case 'commander.missingArgument':
      return { en: `missing argument: ${subject}`, 'zh-CN': `缺少参数：${subject}` }
    case 'commander.optionMissingArgument':
      return { en: `${subject} needs a value`, 'zh-CN': `${subject} 需要一个值` }
    case 'commander.excessArguments':
      return { en: 'too many arguments', 'zh-CN': '参数过多' }
    default: {
      const bare = message.replace(/^error: /, '')
      return { en: bare, 'zh-CN': bare }
    }
  }
}
