// What was searched for in this tab. A search may hold a name or an ID number, so it stays in memory and its URL
// carries a key that means nothing elsewhere; after a reload it is asked for again.
const searches = new Map<string, string>()

export function keepSearch(text: string): string {
  for (const [key, kept] of searches) if (kept === text) return key
  const key = Math.floor(Math.random() * 36 ** 6).toString(36)
  searches.set(key, text)
  return key
}

export function searchOf(key: string): string | undefined {
  return searches.get(key)
}
