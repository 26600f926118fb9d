import { Env } from './env'

App<{ env: typeof Env }>({ env: Env })
