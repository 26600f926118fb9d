import { describe, expect, it } from 'vitest'
import { chooseLocale, languageFlag, parseLocale } from '../../src/cli/language.ts'
import { runCli } from '../helpers/cli.ts'

describe('chooseLocale', () => {
  it.each([
    ['the flag first', 'zh-CN', { MPCERT_LANG: 'en', LANG: 'en_US.UTF-8' }, 'en-US', 'zh-CN'],
    ['then its own variable', null, { MPCERT_LANG: 'zh', LANG: 'en_US.UTF-8' }, 'en-US', 'zh-CN'],
    ['then LC_ALL', null, { LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'en-US', 'zh-CN'],
    ['then LC_MESSAGES', null, { LC_MESSAGES: 'zh_TW', LANG: 'en_US.UTF-8' }, 'en-US', 'zh-CN'],
    ['then LANG', null, { LANG: 'zh_CN.GB18030' }, 'en-US', 'zh-CN'],
    ['an empty variable is none', null, { LC_ALL: '', LANG: 'zh_CN' }, 'en-US', 'zh-CN'],
    ['the C locale is English', null, { LC_ALL: 'C.UTF-8', LANG: 'zh_CN' }, 'zh-CN', 'en'],
    ['POSIX too', null, { LANG: 'POSIX' }, 'zh-CN', 'en'],
    ['the system, where nothing is set', null, {}, 'zh-Hans-CN', 'zh-CN'],
    ['English for a language we lack', null, { LANG: 'de_DE.UTF-8' }, 'zh-CN', 'en'],
    ['English in the end', null, {}, 'fr-FR', 'en'],
  ] as const)('%s', (_, flag, env, system, expected) => {
    expect(chooseLocale({ flag, env, system })).toBe(expected)
  })
})

it('reads locales in every form', () => {
  expect(['zh', 'zh-CN', 'ZH_cn', 'zh_CN.UTF-8', 'zh-Hant-TW@x'].map(parseLocale)).toEqual(
    new Array(5).fill('zh-CN'),
  )
  expect(['en', 'en_GB', 'EN-us'].map(parseLocale)).toEqual(['en', 'en', 'en'])
  expect(['de', '', 'z', 'english'].map(parseLocale)).toEqual([null, null, null, null])
})

it('finds --lang before the command line is parsed', () => {
  expect(languageFlag(['check', 'a', '--lang', 'zh-CN'])).toBe('zh-CN')
  expect(languageFlag(['--lang=en', 'check'])).toBe('en')
  expect(languageFlag(['check', '--', '--lang', 'zh-CN'])).toBeNull()
  expect(languageFlag(['check', '--lang'])).toBeNull()
})

it.each([
  ['--lang zh rules', 'rules --lang zh'],
  ['--lang zh-CN explain -202', 'explain -202 --lang zh-CN'],
  ['--lang zh --no-color check', 'check --lang zh --no-color'],
  ['-h check', 'check -h'],
  ['--version check', '--version'],
])('%s is %s', async (before, behind) => {
  const [one, other] = await Promise.all([before, behind].map(line => runCli(line.split(' '))))
  expect(one).toEqual(other)
})
