// Where articles stand: moved by mouse or by key, sent as the whole columns that changed.
export interface Lane {
  column: string
  articles: string[]
}

/** The lanes after `article` has gone to `column`, before the one that stands at `at` (the end when there is none). */
export function moved(lanes: Lane[], article: string, column: string, at: number): Lane[] {
  return lanes.map((lane) => {
    const from = lane.articles.indexOf(article)
    const rest = lane.articles.filter((one) => one !== article)
    if (lane.column !== column) return { column: lane.column, articles: rest }
    const place = from >= 0 && from < at ? at - 1 : at
    return { column, articles: [...rest.slice(0, place), article, ...rest.slice(place)] }
  })
}
export const changed = (before: Lane[], after: Lane[]) => after.filter((lane) => lane.articles.join() !== before.find((one) => one.column === lane.column)?.articles.join())
