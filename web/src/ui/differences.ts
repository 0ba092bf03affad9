// Two texts side by side: which characters they share, and which only one of them has.
export interface Piece {
  text: string
  differs: boolean
}

/** The longest common subsequence of characters is shared; the rest differs. */
export function compare(sent: string, registered: string): { sent: Piece[]; registered: Piece[] } {
  const a = [...sent]
  const b = [...registered]
  const length = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; --i)
    for (let j = b.length - 1; j >= 0; --j)
      length[i]![j] = a[i] === b[j] ? length[i + 1]![j + 1]! + 1 : Math.max(length[i + 1]![j]!, length[i]![j + 1]!)

  const left: Piece[] = []
  const right: Piece[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add(left, a[i++]!, false)
      add(right, b[j++]!, false)
    } else if (j >= b.length || (i < a.length && length[i + 1]![j]! >= length[i]![j + 1]!)) add(left, a[i++]!, true)
    else add(right, b[j++]!, true)
  }
  return { sent: left, registered: right }
}

const amount = /^[−-]?[\d,]+\.\d+$/

/** The second of two values in pieces. Where the two share less than half, the whole of it is another value; so is an
 *  amount, of which no digit stands alone. */
export function marked(before: string, after: string): Piece[] {
  if (!after) return []
  if (before === after) return [{ text: after, differs: false }]
  if (amount.test(before) && amount.test(after)) return [{ text: after, differs: true }]
  const pieces = compare(before, after).registered
  const shared = pieces.filter((piece) => !piece.differs).reduce((sum, piece) => sum + [...piece.text].length, 0)
  const longer = Math.max([...before].length, [...after].length)
  return shared * 2 >= longer ? pieces : [{ text: after, differs: true }]
}

function add(pieces: Piece[], character: string, differs: boolean) {
  const last = pieces.at(-1)
  if (last?.differs === differs) last.text += character
  else pieces.push({ text: character, differs })
}
