import { describe, expect, it } from 'vitest'
import { changesIn, changesText, serverValue, typedValue } from './changes'

describe('thresholds that are tried', () => {
  it('move between yuan and fen, percent and ratio, without a binary fraction', () => {
    expect(serverValue('5,000', 'fen')).toBe('500000')
    expect(serverValue('5000.5', 'fen')).toBe('500050')
    expect(serverValue('0.29', 'fen')).toBe('29')
    expect(serverValue('50', 'ratio')).toBe('0.5')
    expect(serverValue('7.5', 'ratio')).toBe('0.075')
    expect(serverValue('120', 'ratio')).toBe('1.2')
    expect(serverValue('90', 'days')).toBe('90')
    expect(typedValue('500050', 'fen')).toBe('5000.5')
    expect(typedValue('29', 'fen')).toBe('0.29')
    expect(typedValue('0.5', 'ratio')).toBe('50')
    expect(typedValue('0.075', 'ratio')).toBe('7.5')
    expect(typedValue('1.0', 'ratio')).toBe('100')
    expect(typedValue('90', 'days')).toBe('90')
  })
  it('are refused when the unit has no such part', () => {
    expect(serverValue('5000.005', 'fen')).toBeUndefined()
    expect(serverValue('1.5', 'days')).toBeUndefined()
    expect(serverValue('-1', 'fen')).toBeUndefined()
    expect(serverValue('', 'fen')).toBeUndefined()
  })
  it('stand in the URL', () => {
    const changes = [{ parameter: 'hosp_limit_ex_poor', value: '800000' }, { parameter: 'med_share_others', value: '0.5' }]
    expect(changesIn(changesText(changes))).toEqual(changes)
    expect(changesIn('')).toEqual([])
    expect(changesIn('<b>:1,a:x,b:2')).toEqual([{ parameter: 'b', value: '2' }])
  })
})
