import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DecodeError } from '../../../src/errors.ts'
import { readLogList } from '../../../src/stores/import/log-list.ts'
import { logJson, logListJson } from './sources.ts'

const read = (operators: readonly unknown[]) => readLogList(JSON.stringify(logListJson(operators)))

describe('readLogList', () => {
  it('reads both kinds of logs, their states and intervals', () => {
    const interval = {
      start_inclusive: '2027-01-01T00:00:00Z',
      end_exclusive: '2027-07-01T00:00:00Z',
    }
    const list = read([
      {
        name: 'Example',
        logs: [logJson('one', { temporal_interval: interval }), logJson('two', {}, 'readonly')],
        tiled_logs: [logJson('three', {}, 'qualified')],
      },
      { name: 'Other', logs: [logJson('four', {}, 'retired')] },
    ])
    expect(list.version).toBe('62.14')
    expect(
      list.logs.map(({ name, operator, kind, state }) => [name, operator, kind, state]),
    ).toEqual([
      ['one', 'Example', 'rfc6962', 'usable'],
      ['two', 'Example', 'rfc6962', 'usable'],
      ['three', 'Example', 'static', 'qualified'],
      ['four', 'Other', 'rfc6962', 'retired'],
    ])
    expect(list.logs[0]).toMatchObject({
      id: createHash('sha256').update(list.logs[0]!.key).digest('hex'),
      stateSince: Date.parse('2026-01-01T00:00:00Z'),
      interval: { from: Date.parse('2027-01-01'), until: Date.parse('2027-07-01') },
    })
  })

  it('leaves out test logs and those without a state', () => {
    const logs = [logJson('a', { log_type: 'test' }), { ...logJson('b'), state: undefined }]
    expect(read([{ name: 'Example', logs }]).logs).toEqual([])
  })

  it.each<[object, RegExp]>([
    [{ ...logJson('a'), log_id: 'AAAA' }, /logs\[0\]\.log_id: is not the SHA-256 of the key/],
    [logJson('a', {}, 'excellent'), /unknown state excellent/],
    [{ ...logJson('a'), description: 7 }, /description: text expected/],
    [
      logJson('a', { temporal_interval: { start_inclusive: '2027-01-01', end_exclusive: 'x' } }),
      /end_exclusive: time expected/,
    ],
    [
      logJson('a', {
        temporal_interval: { start_inclusive: '2027-01-01', end_exclusive: '2026-01-01' },
      }),
      /ends before it begins/,
    ],
  ])('says where a log is at fault: %o', (log, reason) => {
    expect(() => read([{ name: 'Example', logs: [log] }])).toThrow(DecodeError)
    expect(() => read([{ name: 'Example', logs: [log] }])).toThrow(reason)
  })

  it('refuses the same log twice, and what is no JSON', () => {
    expect(() => read([{ name: 'Example', logs: [logJson('a'), logJson('a')] }])).toThrow(/twice/)
    expect(() => readLogList('{"operators": [')).toThrow(DecodeError)
  })
})
