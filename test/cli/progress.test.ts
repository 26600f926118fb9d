import { describe, expect, test } from 'vitest'
import { describeCount } from '../../src/cli/progress.ts'

describe('a count of many', () => {
  test.each([
    [0, 100, 0, '-------------------- 0/100', '-------------------- 0/100'],
    [0, 100, 5_000, '-------------------- 0/100', '-------------------- 0/100'],
    [
      50,
      100,
      10_000,
      '##########---------- 50/100  5.0/s, 10 s left',
      '##########---------- 50/100  每秒 5.0 个，剩余约 10 秒',
    ],
    [
      1,
      16,
      5_000,
      '#------------------- 1/16  12.0/min, 1 min 15 s left',
      '#------------------- 1/16  每分钟 12.0 个，剩余约 1 分 15 秒',
    ],
    [
      10,
      10_000,
      10_000,
      '-------------------- 10/10000  1.0/s, 2 h 46 min left',
      '-------------------- 10/10000  每秒 1.0 个，剩余约 2 小时 46 分',
    ],
    [
      3,
      3,
      1_500,
      '#################### 3/3  2.0/s, 0 s left',
      '#################### 3/3  每秒 2.0 个，剩余约 0 秒',
    ],
  ])('%i of %i after %i ms', (done, wanted, elapsedMs, en, zh) => {
    const count = { done, wanted, elapsedMs }
    expect(describeCount(count, 'en', true)).toBe(en)
    expect(describeCount(count, 'zh-CN', true)).toBe(zh)
    expect(describeCount(count, 'en', false)).toMatch(/^[█░]{20} /)
  })
})
