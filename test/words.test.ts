// Texts for readers, as each language sets its signs: in the sources, where every one of them stands.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../src', import.meta.url))
const HAN = /\p{Script=Han}/u

/** String literals; what is filled in stands as one sign that is of no script. */
const LITERAL = /"[^"\n]*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g
const FILLED_IN = '\ufffc'

const texts = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .flatMap(file => {
    const source = readFileSync(path.join(root, file), 'utf8').replace(/^\s*\/?\*.*$/gm, '')
    const literals = source.match(LITERAL) ?? []
    return literals.map(literal => literal.slice(1, -1).replace(/\$\{[^{}]*\}/g, FILLED_IN))
  })

/** English may quote Chinese in brackets; patterns are no texts. */
const chinese = [...new Set(texts)].filter(
  text => HAN.test(text.replace(/ \([^()]*\)/g, '')) && !/\||\(\?/.test(text),
)

/** What stands beside `'zh-CN'`. */
const ENGLISH = /\ben:\s*(?:"[^"\n]*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)/g

/** Forms that users type, and what quotes them. */
const FORMS = /主机:端口(?::地址)?|用户名:密码@/g

describe('Chinese', () => {
  it.each([
    [
      'half-width signs beside a Chinese character',
      /\p{Script=Han}[,;:!?]|[,;!?]\s?\p{Script=Han}/u,
    ],
    [
      'half-width brackets around Chinese',
      /\p{Script=Han}\s?\(|\(\p{Script=Han}|\p{Script=Han}\)/u,
    ],
    [
      'no blank between Chinese and Latin or digits',
      /\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u,
    ],
    ['a blank beside a full-width sign', /[，。；：、（）！？“”] | [，。；：、（）！？]/u],
    ['two signs in a row', /[，。；：、]{2}/u],
    [
      'a word that goes by another name here',
      /根库|密钥用法|[「」]|签发者|密码套件|服务器证书是|加密算法套件/u,
    ],
  ])('has never %s', (_, fault) => {
    expect(chinese.length).toBeGreaterThan(500)
    expect(chinese.filter(text => fault.test(text.replace(FORMS, '')))).toEqual([])
  })
})

it('quotes Chinese in English within brackets alone', () => {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  const english = files
    .filter(file => file.endsWith('.ts'))
    .flatMap(file => readFileSync(path.join(root, file), 'utf8').match(ENGLISH) ?? [])
  expect(english.length).toBeGreaterThan(500)
  expect(english.filter(text => HAN.test(text.replace(/ \([^()]*\)/g, '')))).toEqual([])
})

it('sets no full-width sign in English', () => {
  const english = texts.filter(text => !HAN.test(text) && /[a-z]{3,} [a-z]/.test(text))
  expect(english.filter(text => /[，。；：、（）！？]/u.test(text))).toEqual([])
})
