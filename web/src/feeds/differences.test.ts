import { describe, expect, it } from 'vitest'
import { compare } from './differences'

const marked = (pieces: { text: string; differs: boolean }[]) => pieces.map((piece) => (piece.differs ? `[${piece.text}]` : piece.text)).join('')

describe('two names side by side', () => {
  it('marks nothing where they agree', () => {
    expect(marked(compare('吉克·阿依', '吉克·阿依').sent)).toBe('吉克·阿依')
  })
  it('marks a homophone in both', () => {
    const { sent, registered } = compare('吉克·阿衣', '吉克·阿依')
    expect(marked(sent)).toBe('吉克·阿[衣]')
    expect(marked(registered)).toBe('吉克·阿[依]')
  })
  it('marks a dot that only one has', () => {
    const { sent, registered } = compare('吉克阿依', '吉克·阿依')
    expect(marked(sent)).toBe('吉克阿依')
    expect(marked(registered)).toBe('吉克[·]阿依')
  })
  it('marks everything where nothing agrees', () => {
    expect(marked(compare('王芳', '李娜').sent)).toBe('[王芳]')
  })
})
