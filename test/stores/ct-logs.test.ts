import { createPublicKey } from 'node:crypto'
import { expect, it } from 'vitest'
import { loadCtLogs } from '../../src/stores/ct-logs.ts'

it('knows 132 logs, each by the hash of its key', () => {
  const logs = loadCtLogs()
  expect(logs).toHaveLength(132)
  expect(new Set(logs.map(({ id }) => id)).size).toBe(132)
  const nimbus = logs.find(({ name }) => name === "Cloudflare 'Nimbus 2023' log")
  expect(nimbus).toMatchObject({
    id: Buffer.from('ejKMVNi3LbYg6jjgUh7phBZwMhOFTTvSK8E6V6NS61I=', 'base64').toString('hex'),
    operator: 'Cloudflare',
    kind: 'rfc6962',
    state: 'rejected',
    stateSince: Date.parse('2024-01-20T02:12:28Z'),
    interval: { from: Date.parse('2023-01-01'), until: Date.parse('2024-01-01') },
  })
})

it('holds keys that can verify, and intervals that begin before they end', () => {
  for (const { key, interval } of loadCtLogs()) {
    const { asymmetricKeyType } = createPublicKey({
      key: Buffer.from(key),
      format: 'der',
      type: 'spki',
    })
    expect(['ec', 'rsa']).toContain(asymmetricKeyType)
    if (interval) expect(interval.from).toBeLessThan(interval.until)
  }
})
