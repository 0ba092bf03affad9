import { describe, expect, it } from 'vitest'
import { fenOf, ofFields, read, wrongOf, type Field } from './kinds'

const field = (more: Partial<Field>): Field => ({ name: 'n', title: '数量', type: 'text', required: false, sealed: false, unit: '', least: null, most: null, not_future: false, choices: [], ...more })
const word = (id: string) => id

describe('typed values', () => {
  it('are yuan turned into whole fen without a fraction between', () => {
    expect(fenOf('3')).toBe(300)
    expect(fenOf('1,234.5')).toBe(123450)
    expect(fenOf('0.29')).toBe(29)
    expect(fenOf('1.234')).toBeUndefined()
    expect(fenOf('-1')).toBeUndefined()
    expect(fenOf('')).toBeUndefined()
  })
  it('say what is wrong at each bound', () => {
    const score = field({ type: 'integer', least: 0, most: 100 })
    expect(wrongOf(score, '100', false, word)).toBe('')
    expect(wrongOf(score, '101', false, word)).toBe('programmes.wrong_most')
    expect(wrongOf(score, '3.5', false, word)).toBe('programmes.wrong_integer')
    expect(wrongOf(score, '', true, word)).toBe('programmes.wrong_missing')
    expect(wrongOf(field({ type: 'money', least: 100 }), '0.99', false, word)).toBe('programmes.wrong_least')
  })
  it('are read by their labels', () => {
    expect(read(field({ type: 'choice', choices: [{ code: 'flush', label: '水冲式' }] }), 'flush', word)).toBe('水冲式')
    expect(read(field({ type: 'truth' }), 'yes', word)).toBe('programmes.yes')
    expect(read(field({ type: 'money' }), '1234567.80', word)).toBe('1,234,567.80')
    expect(read(field({}), undefined, word)).toBe('—')
  })
  it('leave out what belongs to another form', () => {
    expect(ofFields([field({ name: 'a' })], { a: '1', b: '2' })).toEqual({ a: '1' })
  })
})
