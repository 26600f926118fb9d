export const Env = {
  api: 'https://api.example.com',
  beta: 'https://beta.example.com',
} as const

export const current = process.env.STAGE
export { default as live } from './live'
export const bases: Record<string, string> = { a: 'https://a.example.com' }
