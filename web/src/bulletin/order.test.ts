import { expect, test } from 'vitest'
import { changed, moved } from './order'

const lanes = [
  { column: 'a', articles: ['1', '2', '3'] },
  { column: 'b', articles: ['4'] },
]
test('within a column an article goes before the one it was dropped on', () => {
  expect(moved(lanes, '3', 'a', 0)[0]!.articles).toEqual(['3', '1', '2'])
  expect(moved(lanes, '1', 'a', 2)[0]!.articles).toEqual(['2', '1', '3'])
  expect(moved(lanes, '1', 'a', 3)[0]!.articles).toEqual(['2', '3', '1'])
})
test('to another column, and both are sent', () => {
  const after = moved(lanes, '2', 'b', 0)
  expect(after).toEqual([{ column: 'a', articles: ['1', '3'] }, { column: 'b', articles: ['2', '4'] }])
  expect(changed(lanes, after)).toEqual(after)
})
test('dropped where it stood nothing is sent', () => {
  expect(changed(lanes, moved(lanes, '2', 'a', 1))).toEqual([])
})
