// A text cut at the edges of what is to be shown in it. Offsets are code points, as the server counts them.
export interface Span {
  start: number
  end: number
}
export interface Piece<T extends Span> {
  text: string
  of: T[] // what lies over this piece
}

export function pieces<T extends Span>(text: string, spans: T[]): Piece<T>[] {
  const letters = [...text]
  const within = spans.filter((span) => span.start < span.end && span.start < letters.length)
  const edges = [...new Set([0, letters.length, ...within.flatMap((span) => [span.start, Math.min(span.end, letters.length)])])].sort((a, b) => a - b)
  return edges.slice(0, -1).map((from, i) => {
    const to = edges[i + 1]!
    return { text: letters.slice(from, to).join(''), of: within.filter((span) => span.start <= from && span.end >= to) }
  })
}

/** The same per line, with offsets that count from the beginning of the whole text. */
export function lines<T extends Span>(text: string, spans: T[]): Piece<T>[][] {
  let at = 0
  return text.split('\n').map((line) => {
    const from = at
    const length = [...line].length
    at += length + 1
    const here = spans.filter((span) => span.start < from + length && span.end > from)
    const moved = here.map((span) => ({ ...span, start: Math.max(0, span.start - from), end: Math.min(length, span.end - from) }))
    return pieces(line, moved)
  })
}
