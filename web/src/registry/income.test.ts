import { describe, expect, it } from 'vitest'
import { barsOf, familiesOf, sumOf, type IncomeYear } from './income'

const year: IncomeYear = {
  year: 2025,
  window: { first: '2024-10-01', last: '2025-09-30' },
  items: [
    { code: 'I1', label: '工资性收入', amount_fen: 2_400_000, sign: 1, part_of: 'net' },
    { code: 'I4.dibao', label: '低保金', amount_fen: 300_000, sign: 1, part_of: 'net' },
    { code: 'I4.pension', label: '养老金', amount_fen: 150_000, sign: 1, part_of: 'net' },
    { code: 'E1', label: '生产经营性支出', amount_fen: 450_000, sign: -1, part_of: 'net' },
  ],
  net_fen: 2_400_000,
  deducted_fen: 2_400_000,
  members: 3,
  pc_net_fen: 800_000,
  pc_deducted_fen: 800_000,
}

describe('the income chart', () => {
  it('shares each item among the members and ends where the server says', () => {
    const bars = barsOf(year)
    expect(bars.incomes.map((part) => part.fen)).toEqual([800_000, 100_000, 50_000])
    expect(bars.gross - bars.taken.reduce((sum, part) => sum + part.fen, 0)).toBe(bars.left)
  })
  it('draws the items of one family as one part', () => {
    const bars = barsOf(year)
    expect(familiesOf([bars], (b) => b.incomes)).toEqual([{ family: 'I1', label: '工资性收入' }, { family: 'I4' }])
    expect(sumOf(bars.incomes, 'I4')).toBe(150_000)
  })
  it('has no line where the year has none', () => {
    expect(barsOf(year).line).toBeUndefined()
    const withLine = { name: 'monitoring_line', title: '监测线', value: '820000', unit: 'fen', from: '2025-01-01', authority: 'assumed', assumed: true }
    expect(barsOf({ ...year, line: withLine }).line).toBe(820_000)
  })
})
