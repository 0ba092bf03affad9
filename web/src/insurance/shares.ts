// Shares as people write them: in per cent, exactly.

/** 15.5 per cent is the share 0.155, written without a rounding of its own. */
export function shareOf(percent: string): string {
  const [whole, rest = ''] = percent.trim().split('.')
  const digits = whole!.padStart(3, '0') + rest
  return `${Number(digits.slice(0, -2 - rest.length))}.${digits.slice(-2 - rest.length)}`
}

/** 0.155 is 15.5%; of a rate with 6 places all of them: 0.975743 is 97.5743%. */
export const percent = (share: string) => `${Number((Number(share) * 100).toFixed(4))}%`
export const ratePercent = (share: string) => `${(Number(share) * 100).toFixed(4)}%`
