/** Waiting for a stranger to speak: when that is over, on a machine that may be busy. */

/**
 * Calls `over` once `waitMs` have passed, but not before what has already come was heard: a process that was kept busy
 * finds its timers due and the answers unread at the same time, and an answer that is here is no silence. Timers may
 * also be early, for they count from the event loop's own idea of now. Returns what calls it off.
 */
export function afterSilence(waitMs: number, over: () => void): () => void {
  const until = performance.now() + waitMs
  let turn: NodeJS.Immediate | undefined
  let timer = setTimeout(due, waitMs)
  function due(): void {
    const leftMs = until - performance.now()
    if (leftMs > 0) timer = setTimeout(due, Math.ceil(leftMs))
    else turn = setImmediate(over)
  }
  return () => {
    clearTimeout(timer)
    clearImmediate(turn)
  }
}
