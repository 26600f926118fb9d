/** Libraries that most runs do without, loaded when one cannot: every import() of the program, since kept code has none. */

export const loadForge = async () => (await import('node-forge')).default
export const loadMlKem = () => import('@noble/post-quantum/ml-kem.js')
export const loadOra = async () => (await import('ora')).default
export const loadParser = () => import('@babel/parser')

/** The default export of a file of the user's. */
export async function importDefault(url: string): Promise<unknown> {
  return ((await import(url)) as { readonly default?: unknown }).default
}
