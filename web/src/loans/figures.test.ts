import { describe, expect, it } from 'vitest'
import { percent, shareOf } from './figures'

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
