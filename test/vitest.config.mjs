import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    dir: 'test',
    include: ['**/*.test.ts'],
    exclude: ['interop/**', '**/node_modules/**'],
    testTimeout: 30_000,
    env: { NODE_EXTRA_CA_CERTS: '' },
  },
})
