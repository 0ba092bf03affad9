import { expect, test } from 'vitest'
import { takeAhead } from './ahead'

test('A reply that came with the page is taken once, for its address and language alone', () => {
  const given = { language: 'zh', answers: { '/api/board?area=510000000000': { month: '2026-10' }, '/api/meta': {} } }
  const at = (path: string, language = 'zh', method = 'GET') => takeAhead(given, method, `https://ballast.example${path}`, language)
  expect(at('/api/board')).toBeUndefined()
  expect(at('/api/board?area=510000000000', 'en')).toBeUndefined()
  expect(at('/api/board?area=510000000000', 'zh', 'POST')).toBeUndefined()
  expect(at('/api/board?area=510000000000')).toEqual({ month: '2026-10' })
  expect(at('/api/board?area=510000000000')).toBeUndefined()
  expect(takeAhead(undefined, 'GET', 'https://ballast.example/api/meta', 'zh')).toBeUndefined()
})
