import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    dir: 'test',
    include: ['**/*.test.ts'],
    exclude: ['interop/**', '**/node_modules/**'],
    testTimeout: 30_000,
    // Much of the time a test waits: for a server, for silence, for a program that it started.
    maxWorkers: availableParallelism() + 1,
    // No test changes a module, so that each is read once.
    isolate: false,
    env: { NODE_EXTRA_CA_CERTS: '' },
    // What is shipped runs as it is.
    server: { deps: { external: [/\/dist\//] } },
  },
})
