import { describe, expect, it } from 'vitest'
import { compare, marked } from './differences'

const shown = (pieces: { text: string; differs: boolean }[]) => pieces.map((piece) => (piece.differs ? `[${piece.text}]` : piece.text)).join('')

describe('two names side by side', () => {
  it('marks nothing where they agree', () => {
    expect(shown(compare('吉克·阿依', '吉克·阿依').sent)).toBe('吉克·阿依')
  })
  it('marks a homophone in both', () => {
    const { sent, registered } = compare('吉克·阿衣', '吉克·阿依')
    expect(shown(sent)).toBe('吉克·阿[衣]')
    expect(shown(registered)).toBe('吉克·阿[依]')
  })
  it('marks a dot that only one has', () => {
    const { sent, registered } = compare('吉克阿依', '吉克·阿依')
    expect(shown(sent)).toBe('吉克阿依')
    expect(shown(registered)).toBe('吉克[·]阿依')
  })
  it('marks everything where nothing agrees', () => {
    expect(shown(compare('王芳', '李娜').sent)).toBe('[王芳]')
  })
})

describe('a value beside the one before', () => {
  it('marks the characters that are new', () => {
    expect(marked('瓦吉村一组', '瓦吉村二组')).toEqual([
      { text: '瓦吉村', differs: false },
      { text: '二', differs: true },
      { text: '组', differs: false },
    ])
  })
  it('marks all of it where little is shared, and nothing where nothing changed', () => {
    expect(marked('配偶', '之女')).toEqual([{ text: '之女', differs: true }])
    expect(marked('配偶', '配偶')).toEqual([{ text: '配偶', differs: false }])
    expect(marked('配偶', '')).toEqual([])
    expect(marked('', '')).toEqual([])
    expect(marked('33,440.00', '33,000.00')).toEqual([{ text: '33,000.00', differs: true }])
  })
})
