// What the income chart draws, from what the server says. Each year: what came in, per member, item by item; what
// is taken off; and what is left, which is held against the line.
import type { Schemas } from '@/api/client'
import { perHead } from '@/ui/figures'

export type IncomeYear = Schemas['IncomeYear']

export interface Bars {
  year: number
  incomes: { code: string; label: string; fen: number }[]
  taken: { code: string; label: string; fen: number }[]
  gross: number // sum of incomes
  left: number // the server's figure after everything
  line?: number
}

/** Items of one code, or of one family of codes (I4.dibao, I4.pension), are one part of a bar. */
export function familyOf(code: string): string {
  return code.match(/^[A-Z]\d/)?.[0] ?? code
}

export function barsOf(year: IncomeYear): Bars {
  const parts = (sign: 1 | -1) =>
    year.items
      .filter((item) => item.sign === sign && item.amount_fen !== 0)
      .map((item) => ({ code: item.code, label: item.label, fen: perHead(item.amount_fen, year.members) }))
  const incomes = parts(1)
  const line = year.line?.unit === 'fen' ? Number(year.line.value) : undefined
  return {
    year: year.year,
    incomes,
    taken: parts(-1),
    gross: incomes.reduce((sum, part) => sum + part.fen, 0),
    left: year.pc_deducted_fen,
    ...(line === undefined || Number.isNaN(line) ? {} : { line }),
  }
}

/** Incomes (I) stand before what is added or taken off afterwards (D), as on the form. */
export function inOrder(a: string, b: string): number {
  const rank = (code: string) => ['I', 'E', 'D'].indexOf(code[0] ?? '')
  return rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0)
}

/** The families over all years, in the order of the form, with a label each: of the only item, or of the family. */
export function familiesOf(years: Bars[], pick: (bars: Bars) => Bars['incomes']): { family: string; label?: string }[] {
  const found = new Map<string, Set<string>>()
  for (const bars of years)
    for (const part of pick(bars)) {
      const labels = found.get(familyOf(part.code)) ?? new Set()
      found.set(familyOf(part.code), labels.add(part.label))
    }
  return [...found.entries()]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([family, labels]) => (labels.size === 1 ? { family, label: [...labels][0] } : { family }))
}

export function sumOf(parts: Bars['incomes'], family: string): number {
  return parts.filter((part) => familyOf(part.code) === family).reduce((sum, part) => sum + part.fen, 0)
}
