import { describe, expect, test } from 'vitest'
import { together } from './findings'

const unknown = (row: number) => ({ row, error: false, says: '登记库中没有此人。' })

describe('findings of a sheet', () => {
  test('a sentence is told once, with its rows', () => {
    expect(together([unknown(2), unknown(3), unknown(5), unknown(4), unknown(9)], '、')).toEqual([{ error: false, says: '登记库中没有此人。', rows: '2–5、9' }])
  })
  test('what refuses the sheet comes first', () => {
    expect(together([unknown(2), { row: 7, error: true, says: '数量必须大于零。' }], '、').map(({ rows }) => rows)).toEqual(['7', '2'])
  })
  test('an error and a remark in the same words stay apart', () => {
    expect(together([unknown(2), { ...unknown(2), error: true }], ', ')).toHaveLength(2)
  })
})
