/** When a certificate counts as ending soon. */
import { DAY_MS } from '../text.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { Threshold, Thresholds } from './facts.ts'

/**
 * The smaller of 30 days and a quarter of the lifetime, and of 7 days and an eighth: certificates of 47 and of 6 days
 * exist, and renewal usually comes at a third.
 */
export const DEFAULT_THRESHOLDS: Thresholds = {
  warning: [{ days: 30 }, { part: 1 / 4 }],
  critical: [{ days: 7 }, { part: 1 / 8 }],
}

/** Whether less is left than the smallest of these. */
export function isWithin(
  thresholds: readonly Threshold[],
  { notBefore, notAfter }: Pick<Certificate, 'notBefore' | 'notAfter'>,
  at: number,
): boolean {
  const lifetime = notAfter - notBefore
  const limits = thresholds.map(limit =>
    'days' in limit ? limit.days * DAY_MS : limit.part * lifetime,
  )
  return notAfter - at < Math.min(...limits)
}
