/** How long a test waits for an end that must come: far beyond a busy machine's needs. How quick things are, the benches say. */
export const AN_END_MS = 20_000
