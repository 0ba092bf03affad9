import { expect, test } from 'vitest'
import { against } from './sentences'

test('only the sentences that the other text lacks are marked', () => {
  const [first] = against('改厕 80 户。第二句。', '第二句。改厕 90 户。')
  expect(first).toEqual([{ text: '改厕 80 户。', differs: true }, { text: '第二句。', differs: false }])
})
test('blanks and paragraphs make no difference, and nothing is lost', () => {
  const text = '“好。”他说。\n没有句号的一行'
  const paragraphs = against(text, '“好。” 他说。没有句号的一行')
  expect(paragraphs.flat().every((sentence) => !sentence.differs)).toBe(true)
  expect(paragraphs.map((one) => one.map((sentence) => sentence.text).join('')).join('\n')).toBe(text)
})
