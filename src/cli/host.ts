/** What the command line needs of the process: injected, so that every system's manners can be tested on one. */
import type { Readable, Writable } from 'node:stream'

export interface Host {
  readonly stdin: Readable
  readonly stdout: Output
  readonly stderr: Output
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  cwd(): string
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown
  emit(signal: 'SIGINT'): unknown
}

export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number }
