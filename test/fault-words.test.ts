// What is wrong, in Chinese: every reason that stands in the sources has its words, and nothing else has.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { DecodeError } from '../src/errors.ts'
import {
  faultInChinese,
  messageInChinese,
  reasonInChinese,
  reasonWords,
} from '../src/fault-words.ts'

const root = fileURLToPath(new URL('../src', import.meta.url))

/** The constructor of DecodeError, the methods of readers and nodes (not of conversations), helpers; what they are told. */
const FAULT = /(?:\bnew DecodeError|\.fail|(?<!\btalk)\.error|(?<![.\w])fail)\(\s*(.*)/g
/** What breaks a handshake. */
const VIOLATION = /\b(?:violate|illegal)\((?:\s*'[a-z-]+',)?\s*(.*)/g
const NOT_OFFERED = /\bnotOffered\(\s*(.*)/g

const LITERAL = /^(?:'((?:[^'\\]|\\.)*)'|"([^"]*)"|`((?:[^`\\]|\\.)*)`)/
/** A parameter, or one that is handed on. */
const HANDED_ON = /^(?:error\.)?\w+[:,)]/

const said = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .flatMap(file => {
    const source = readFileSync(path.join(root, file), 'utf8').replace(/^\s*\/?\*.*$/gm, '')
    const told = (call: RegExp) =>
      [...source.matchAll(call)].map(([, argument = '']) => {
        const [, single, double, template] = LITERAL.exec(argument) ?? []
        const reason = single ?? double ?? template?.replace(/\$\{[^{}]*\}/g, '{}') ?? null
        return { file, argument, reason }
      })
    const decodes = /\b(?:DecodeError|DerNode|Reader)\b/.test(source)
    const breaks = file.startsWith('wire')
    return [
      ...(decodes ? told(FAULT) : []),
      ...(breaks ? told(VIOLATION) : []),
      ...(breaks ? told(NOT_OFFERED) : []).map(one => ({
        ...one,
        reason: `${one.reason ?? '{}'} was not offered`,
      })),
    ]
  })

const reasons = [...new Set(said.flatMap(({ reason }) => reason ?? []))].toSorted()
const forms = Object.entries(reasonWords())

describe('the reasons of the sources', () => {
  it('stand where they are given, in words that can be found', () => {
    const hidden = said.filter(({ reason, argument }) => !(reason ?? HANDED_ON.test(argument)))
    expect(hidden).toEqual([])
  })

  it('are the ones that have Chinese', () => {
    expect(reasons.length).toBeGreaterThan(200)
    expect(reasonWords()).toEqual(
      Object.fromEntries(reasons.map(form => [form, expect.anything()])),
    )
  })

  it.each(forms)('%s', (form, words) => {
    const fill = (text: string) => {
      let count = 0
      return text.replaceAll('{}', () => `X${++count}`)
    }
    expect(words).toMatch(/\p{Script=Han}/u)
    expect(words.split('{}')).toHaveLength(form.split('{}').length)
    expect(reasonInChinese(fill(form))).toBe(fill(words))
  })
})

it('leaves what others say as it is', () => {
  expect(reasonInChinese('Error: unexpected end of file')).toBe('Error: unexpected end of file')
  expect(reasonInChinese('the key cannot be read (bad $& {} tag)')).toBe(
    '无法解析私钥（bad $& {} tag）',
  )
})

it.each([
  ['missing', 'certificate', 0, 'certificate：缺少该元素'],
  ['INTEGER is padded', 'a.b[1]', 12, 'a.b[1] 偏移 12 字节处：INTEGER 含有多余的前导字节'],
  [
    'FALSE is the default: left out in DER',
    'a',
    7,
    'a 偏移 7 字节处：FALSE 是默认值，DER 中应省略',
  ],
  ['no certificate', 'csv line 3', 0, 'csv 第 3 行：没有证书'],
  ['empty', 'my line 3.pem', 0, 'my line 3.pem：内容为空'],
])('says where: %s, %s', (reason, place, offset, sentence) => {
  const { text, message } = new DecodeError(reason, place, offset)
  expect(text).toEqual({ en: message, 'zh-CN': sentence })
  expect(messageInChinese(message)).toBe(sentence)
})

it('knows lines within a path', () => {
  expect(faultInChinese('indefinite length', 'roots.pem line 30: certificate', 4)).toBe(
    'roots.pem 第 30 行：certificate 偏移 4 字节处：使用了 DER 不允许的不定长编码',
  )
})

it('is a text like any other once it is saved', () => {
  const { text } = new DecodeError('missing', 'a', 1)
  expect(JSON.parse(JSON.stringify(text))).toEqual({
    en: 'a: missing at byte 1',
    'zh-CN': 'a 偏移 1 字节处：缺少该元素',
  })
})
