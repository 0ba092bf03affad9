// Thresholds tried in place of those in force. They stand in the URL, "hosp_limit_ex_poor:800000,recent_days:60", so that a
// trial can be sent to somebody; values in the parameter's own unit, as the server takes them.
import type { Schemas } from '@/api/client'

export type RuleParameter = Schemas['RuleParameter']
export interface Change {
  parameter: string
  value: string
}

export function changesIn(query: string): Change[] {
  return query
    .split(',')
    .map((one) => one.split(':'))
    .filter((one): one is [string, string] => one.length === 2 && /^[a-z0-9_]+$/.test(one[0]!) && /^\d+(\.\d+)?$/.test(one[1]!))
    .map(([parameter, value]) => ({ parameter, value }))
}
export const changesText = (changes: Change[]) => changes.map((one) => `${one.parameter}:${one.value}`).join(',')

/** How many places a value of the unit is moved between what people write and what the server takes. */
const places = (unit: string) => (unit === 'fen' ? 2 : unit === 'ratio' ? -2 : 0)

/** Digits with the point moved to the right, exactly: no value passes through a binary fraction. */
function moved(digits: string, by: number): string {
  const [whole = '', rest = ''] = digits.split('.')
  const all = whole.padStart(by < 0 ? whole.length - by : 0, '0') + rest.padEnd(Math.max(by, 0), '0')
  const at = (by < 0 ? Math.max(whole.length - by, whole.length) : whole.length) + by
  const left = all.slice(0, at).replace(/^0+(?=\d)/, '') || '0'
  const right = all.slice(at).replace(/0+$/, '')
  return right ? `${left}.${right}` : left
}

/** What somebody typed, "8,000.5", in the server's unit; undefined when it is no such number. */
export function serverValue(typed: string, unit: string): string | undefined {
  const plain = typed.replace(/[,，\s]/g, '')
  if (!/^\d{1,12}(\.\d{1,4})?$/.test(plain)) return undefined
  const value = moved(plain, places(unit))
  if (unit !== 'ratio' && unit !== 'percent' && value.includes('.')) return undefined
  return value
}

/** A value of the server as people write it into a field. */
export const typedValue = (value: string, unit: string) => moved(value, -places(unit))
