import { describe, expect, it } from 'vitest'
import { graded, shades, worstFirst } from './tiles'

const plain = { value: '5', hidden: false, target: null, direction: null, standing: 'unknown', attained: null, good: null } as const
const held = (attained: string | null, standing: 'reached' | 'missed' = 'missed') => ({ ...plain, target: '100', direction: 'at_least', attained, standing }) as const

describe('a schematic map', () => {
  it('grades by the share of the target that is reached, both sides of each limit', () => {
    expect(graded(held('100', 'reached'))).toBe('reached')
    expect(graded(held('90'))).toBe('near')
    expect(graded(held('89.99'))).toBe('behind')
    expect(graded(held('75'))).toBe('behind')
    expect(graded(held('74.99'))).toBe('far')
    expect(graded({ ...held('110'), direction: 'at_most' })).toBe('near')
    expect(graded({ ...held('125.01'), direction: 'at_most' })).toBe('far')
    expect(graded(held(null))).toBe('far')
  })
  it('shades without a target by place, equal values alike, and says nothing of hidden and missing ones', () => {
    const all = ['1', '2', '3', '4', '5', '5'].map((value) => ({ ...plain, value }))
    expect(shades([...all, { ...plain, value: null }, { ...plain, value: null, hidden: true }])).toEqual(['fifth_1', 'fifth_1', 'fifth_2', 'fifth_3', 'fifth_4', 'fifth_4', 'nothing', 'hidden'])
    expect(shades([{ ...plain, value: '7' }])).toEqual(['fifth_1'])
    expect(shades([])).toEqual([])
  })
  it('puts the worst first: the least where more is wanted, the most where less is', () => {
    const of = (value: string | null, good: 'more' | 'less') => ({ ...plain, value, good })
    expect(worstFirst([of('3', 'more'), of(null, 'more'), of('1', 'more')]).map((one) => one.value)).toEqual(['1', '3', null])
    expect(worstFirst([of('3', 'less'), of('9', 'less')]).map((one) => one.value)).toEqual(['9', '3'])
  })
})
