import { describe, expect, test } from 'vitest'
import { workOn } from '../../src/cli/pipeline.ts'

/** Work that ends when the test says so. */
function manual() {
  const begun: number[] = []
  const ends = new Map<number, (result: string) => void>()
  const work = (item: number) => {
    begun.push(item)
    return new Promise<string>(resolve => ends.set(item, resolve))
  }
  return { begun, work, end: (item: number) => ends.get(item)?.(`done ${item}`) }
}

async function collect<T>(results: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const result of results) all.push(result)
  return all
}

describe('workOn', () => {
  test('gives results in the order of the items, whatever ends first', async () => {
    const { work, end } = manual()
    const results = collect(workOn([1, 2, 3], { limit: 3 }, work, new AbortController().signal))
    for (const item of [3, 1, 2]) end(item)
    expect(await results).toEqual(['done 1', 'done 2', 'done 3'])
  })

  test('begins no more than the limit at once', async () => {
    const { begun, work, end } = manual()
    const results = workOn([1, 2, 3], { limit: 2 }, work, new AbortController().signal)
    const first = results.next()
    expect(begun).toEqual([1, 2])
    end(1)
    expect((await first).value).toBe('done 1')
    const second = results.next()
    expect(begun).toEqual([1, 2, 3])
    end(2)
    expect((await second).value).toBe('done 2')
  })

  test('ends when aborted with what is done, wherever it stands', async () => {
    const { begun, work, end } = manual()
    const controller = new AbortController()
    const results = collect(workOn([1, 2, 3, 4, 5], { limit: 3 }, work, controller.signal))
    end(1)
    end(3)
    await new Promise(setImmediate)
    controller.abort()
    expect(await results).toEqual(['done 1', 'done 3'])
    // The first one's result was taken, and its place is another's.
    expect(begun).toEqual([1, 2, 3, 4, 5])
  })

  test('passes on what the work throws', async () => {
    const work = async (item: number) => {
      if (item === 2) throw new Error('no 2')
      return item
    }
    const results = collect(workOn([1, 2], { limit: 2 }, work, new AbortController().signal))
    await expect(results).rejects.toThrow('no 2')
  })

  test('lets nobody wait for a slow one, and keeps no more than it may', async () => {
    const { begun, work, end } = manual()
    const items = Array.from({ length: 100 }, (_, index) => index)
    const results = workOn(items, { limit: 2 }, work, new AbortController().signal)
    const first = results.next()
    for (let item = 1; item < 100; item++) {
      end(item)
      await new Promise(setImmediate)
    }
    expect(begun).toHaveLength(32)
    end(0)
    expect((await first).value).toBe('done 0')
  })

  test('gives results as they come where no order is asked for', async () => {
    const { begun, work, end } = manual()
    const pace = { limit: 2, ordered: false }
    const results = collect(workOn([1, 2, 3, 4], pace, work, new AbortController().signal))
    for (const item of [2, 3, 4]) {
      end(item)
      await new Promise(setImmediate)
    }
    expect(begun).toEqual([1, 2, 3, 4])
    end(1)
    expect(await results).toEqual(['done 2', 'done 3', 'done 4', 'done 1'])
  })
})
