// What was found in a sheet, each sentence once with all the rows of which it holds; what refuses the sheet first.
export interface Finding {
  row: number
  error: boolean
  says: string
}
export interface Found {
  rows: string // "2–5、9"
  error: boolean
  says: string
}

export function together(findings: readonly Finding[], between: string): Found[] {
  const rows = new Map<string, { error: boolean; says: string; rows: number[] }>()
  for (const { row, error, says } of findings) {
    const key = `${error} ${says}`
    if (!rows.has(key)) rows.set(key, { error, says, rows: [] })
    rows.get(key)!.rows.push(row)
  }
  return [...rows.values()].sort((one, other) => Number(other.error) - Number(one.error)).map(({ error, says, rows }) => ({ error, says, rows: ranges(rows).join(between) }))
}

function ranges(rows: number[]): string[] {
  const out: [number, number][] = []
  for (const row of [...new Set(rows)].sort((one, other) => one - other)) {
    const last = out.at(-1)
    if (last && row === last[1] + 1) last[1] = row
    else out.push([row, row])
  }
  return out.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`))
}
