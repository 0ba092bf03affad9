import { expect, test } from 'vitest'
import { lines, pieces } from './spans'

const told = (list: { text: string; of: { name: string }[] }[]) => list.map(({ text, of }) => [text, of.map((one) => one.name).join()])

test('a text is cut at the edges of what lies over it', () => {
  expect(told(pieces('补贴3.6万户', [{ name: 'figure', start: 2, end: 7 }]))).toEqual([['补贴', ''], ['3.6万户', 'figure']])
})
test('what overlaps is said of the part where it does', () => {
  const spans = [{ name: 'a', start: 0, end: 3 }, { name: 'b', start: 2, end: 4 }]
  expect(told(pieces('甲乙丙丁', spans))).toEqual([['甲乙', 'a'], ['丙', 'a,b'], ['丁', 'b']])
})
test('offsets are code points, not halves of a rare character', () => {
  expect(told(pieces('𠮷80%', [{ name: 'x', start: 1, end: 4 }]))).toEqual([['𠮷', ''], ['80%', 'x']])
})
test('a line feed counts as one, and a span goes on over it', () => {
  expect(lines('一二\n三四', [{ name: 'x', start: 1, end: 4 }]).map(told)).toEqual([[['一', ''], ['二', 'x']], [['三', 'x'], ['四', '']]])
})
test('what lies behind the end is cut off', () => {
  expect(told(pieces('一二', [{ name: 'x', start: 1, end: 9 }, { name: 'y', start: 5, end: 6 }]))).toEqual([['一', ''], ['二', 'x']])
})
