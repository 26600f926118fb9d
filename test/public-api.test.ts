// The library as another program imports it: from the built package, by its name.
import { describe, expect, it } from 'vitest'

describe('import mpcert', async () => {
  const library = await import('../dist/index.js')

  it('exports these names and no others', () => {
    expect(Object.keys(library).sort()).toMatchInlineSnapshot(`
      [
        "APIS",
        "DecodeError",
        "LOCALES",
        "MpcertError",
        "Names",
        "SEVERITIES",
        "STORE_NAMES",
        "UsageError",
        "check",
        "createFetcher",
        "createWorld",
        "decodeObservation",
        "encodeObservation",
        "grade",
        "judge",
        "observe",
        "offline",
        "onlyAnchors",
        "parseCertificate",
        "parseProxy",
        "parseTarget",
        "render",
        "reports",
        "rules",
        "toResult",
        "verifyChain",
        "withAnchors",
        "withReplicas",
      ]
    `)
  })
})
