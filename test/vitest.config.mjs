import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    dir: 'test',
    include: ['**/*.test.ts'],
    exclude: ['interop/**', '**/node_modules/**'],
    testTimeout: 30_000,
    // Much of the time a test waits for a program it started: a core less would stand idle.
    maxWorkers: '100%',
    env: { NODE_EXTRA_CA_CERTS: '' },
  },
})
