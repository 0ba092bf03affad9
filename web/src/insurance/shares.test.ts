import { expect, test } from 'vitest'
import { percent, ratePercent, shareOf } from './shares'

test('A share is written as people write it, and read as it was meant', () => {
  expect(shareOf('15.5')).toBe('0.155')
  expect(shareOf('100')).toBe('1.00')
  expect(shareOf('0.01')).toBe('0.0001')
  expect(percent('0.5000')).toBe('50%')
  expect(ratePercent('0.975743')).toBe('97.5743%')
  expect(ratePercent('1.000000')).toBe('100.0000%')
})
