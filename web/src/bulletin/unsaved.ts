// What was typed into an article and has not reached the server yet: kept in this tab, so that neither a reload nor a server
// that is away for a while loses a word. An article is written for everybody, so nothing personal lies here.
const key = (article: string) => `bulletin-unsaved-${article}`

export function keepUnsaved(article: string, typed: Record<string, string>) {
  try {
    sessionStorage.setItem(key(article), JSON.stringify(typed))
  } catch {
    // A browser that keeps nothing: what is typed is still in the page, and saved as it is typed.
  }
}
export function unsaved(article: string): Record<string, string> | undefined {
  const kept = sessionStorage.getItem(key(article))
  if (!kept) return undefined
  try {
    return JSON.parse(kept) as Record<string, string>
  } catch {
    forgetUnsaved(article)
    return undefined
  }
}
export const forgetUnsaved = (article: string) => sessionStorage.removeItem(key(article))
