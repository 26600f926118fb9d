import { defineConfig } from 'vitest/config'

/** Servers not written here; each file has a machine's attention to itself. */
export default defineConfig({
  test: {
    dir: 'test/interop',
    include: ['**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // As users start it.
    env: { NODE_EXTRA_CA_CERTS: '', MPCERT_TEST_PROCESS: '1' },
  },
})
