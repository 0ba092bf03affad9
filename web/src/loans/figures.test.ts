import { describe, expect, it } from 'vitest'
import { decimalOf, grouped, percent, shareOf } from './figures'

describe('rates', () => {
  it('are shown as percent, exactly', () => {
    expect(percent('0.0385')).toBe('3.85%')
    expect(percent('0')).toBe('0%')
    expect(percent('1')).toBe('100%')
    expect(percent('0.7')).toBe('70%')
    expect(percent('0.023512')).toBe('2.3512%')
  })
  it('are taken as people type them', () => {
    expect(shareOf('3.85')).toBe('0.0385')
    expect(shareOf('3.85%')).toBe('0.0385')
    expect(shareOf('10')).toBe('0.10')
    expect(shareOf('3,85')).toBeUndefined()
    expect(shareOf('385')).toBeUndefined()
  })
})

describe('weights, areas and prices', () => {
  it('are shown with their thousands and all their places', () => {
    expect(grouped('1234567.25')).toBe('1,234,567.25')
    expect(grouped('950')).toBe('950')
    expect(grouped('0.1234')).toBe('0.1234')
  })
  it('are taken as people type them, above zero and no finer than is kept', () => {
    expect(decimalOf('2.36', 4)).toBe('2.36')
    expect(decimalOf(' 1,250.5 ', 2)).toBe('1250.5')
    expect(decimalOf('0.00', 2)).toBeUndefined()
    expect(decimalOf('1.255', 2)).toBeUndefined()
    expect(decimalOf('-3', 2)).toBeUndefined()
    expect(decimalOf('', 2)).toBeUndefined()
  })
})
