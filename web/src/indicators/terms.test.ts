import { describe, expect, it } from 'vitest'
import { ancestors, grouped, monthPlus, whyNothing } from './terms'

describe('periods and places', () => {
  it('steps over the turn of a year', () => {
    expect(monthPlus('2026-01', -1)).toBe('2025-12')
    expect(monthPlus('2025-12', 1)).toBe('2026-01')
    expect(monthPlus('2026-11', -12)).toBe('2025-11')
  })
  it('knows the areas above an area', () => {
    expect(ancestors('513431100200')).toEqual(['510000000000', '513400000000', '513431000000', '513431100000', '513431100200'])
    expect(ancestors('513400000000')).toEqual(['510000000000', '513400000000'])
  })
  it('marks thousands and leaves places alone', () => {
    expect(grouped('1234567.1234')).toBe('1,234,567.1234')
    expect(grouped('-1200')).toBe('-1,200')
    expect(grouped('0.5')).toBe('0.5')
  })
  it('says why there is nothing', () => {
    expect(whyNothing({ numerator: '3', denominator: '0', counted: true })).toBe('indicators.no_ratio')
    expect(whyNothing({ numerator: null, denominator: null, counted: true })).toBe('indicators.not_counted')
    expect(whyNothing({ numerator: null, denominator: '0', counted: false })).toBe('indicators.not_reported')
  })
})
