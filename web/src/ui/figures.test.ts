import { describe, expect, it } from 'vitest'
import { count, minute, parameterValue, perHead, secondsLeft, wholeYuan, yuan } from './figures'

describe('figures on a screen', () => {
  it('writes fen as yuan with two places and separators', () => {
    expect(yuan(1234567)).toBe('12,345.67')
    expect(yuan(5)).toBe('0.05')
    expect(yuan(-120000)).toBe('−1,200.00')
  })
  it('separates thousands only where there are any', () => {
    expect(count(999)).toBe('999')
    expect(count(1000)).toBe('1,000')
    expect(count(1234567)).toBe('1,234,567')
  })
  it('rounds to whole yuan for labels', () => {
    expect(wholeYuan(149)).toBe('1')
    expect(wholeYuan(150)).toBe('2')
  })
  it('keeps the wall clock of an instant', () => {
    expect(minute('2026-11-23T09:05:00+08:00')).toBe('2026-11-23 09:05')
  })
  it('shares money half up, on both sides of nought', () => {
    expect(perHead(100, 3)).toBe(33)
    expect(perHead(5, 2)).toBe(3)
    expect(perHead(-5, 2)).toBe(-3)
    expect(perHead(100, 0)).toBe(0)
  })
  it('shows a parameter in fen as yuan and leaves others alone', () => {
    expect(parameterValue('500000', 'fen')).toBe('5,000.00')
    expect(parameterValue('30', 'day')).toBe('30')
  })
  it('tells no time left before a second has passed', () => {
    expect(secondsLeft(10, 100, 500)).toBeUndefined()
    expect(secondsLeft(50, 100, 10_000)).toBe(10)
  })
})
