// Loaded before a program: says on standard error, at its end, how much memory it has needed, in KiB.
import { writeSync } from 'node:fs'

process.once('exit', () => writeSync(2, `\npeak ${process.resourceUsage().maxRSS}\n`))
