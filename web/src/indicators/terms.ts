// Periods as the server writes them: 2026-11, 2026-Q4, 2026.

/** The month n months later. */
export function monthPlus(month: string, n: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  const all = year * 12 + number - 1 + n
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`
}

/** "513431100000" has the length of its level: 513431100. The areas above it, itself last, as twelve digits. */
export function ancestors(code: string): string[] {
  return [2, 4, 6, 9, 12].map((length) => code.slice(0, length).padEnd(12, '0')).filter((one, index, all) => all.indexOf(one) === index && !/^0+$/.test(one) && one <= code)
}

/** A number as text with its thousands marked; what is after the point stays. */
export function grouped(value: string): string {
  const [whole, rest] = value.split('.') as [string, string | undefined]
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ',') + (rest === undefined ? '' : `.${rest}`)
}

/** Why a figure has no value, as a word: nothing to divide by, not counted by the platform, not reported by those below. */
export function whyNothing(one: { numerator: string | null; denominator: string | null; counted: boolean }): string {
  if (one.numerator !== null && one.denominator === '0') return 'indicators.no_ratio'
  return one.counted ? 'indicators.not_counted' : 'indicators.not_reported'
}
