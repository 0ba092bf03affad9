// What the server answered before it was asked: the first HTML carries the replies that its page begins with, each to be
// taken once, by the first who asks for that very address in that language.

export interface Ahead {
  language: string
  answers: Record<string, unknown>
}

export function takeAhead(given: Ahead | undefined, method: string, url: string, language: string | null): unknown {
  if (!given || method !== 'GET' || given.language !== language) return undefined
  const { pathname, search } = new URL(url)
  const answer = given.answers[pathname + search]
  delete given.answers[pathname + search]
  return answer
}

/** What stands in the document; nothing after a while, for then it is no longer the first load. */
export function readAhead(): { given?: Ahead } {
  const text = document.getElementById('ahead')?.textContent
  const held: { given?: Ahead } = text ? { given: JSON.parse(text) as Ahead } : {}
  setTimeout(() => (held.given = undefined), 10_000)
  return held
}
