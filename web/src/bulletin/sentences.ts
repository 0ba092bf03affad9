// Two texts side by side by their sentences: those that both have, and those that only one of them has.
export interface Sentence {
  text: string
  differs: boolean
}

const letters = (sentence: string) => sentence.replace(/\s+/g, '')

/** Paragraphs of sentences; a sentence that stands anywhere in the other text does not differ. */
export function against(text: string, other: string): Sentence[][] {
  const known = new Set(split(other).flat().map(letters))
  return split(text).map((paragraph) => paragraph.map((sentence) => ({ text: sentence, differs: !known.has(letters(sentence)) })))
}

function split(text: string): string[][] {
  return text.split('\n').filter((line) => line.trim()).map((line) => line.match(/[^。！？；]+[。！？；]?[”’」』]?|[。！？；]/g) ?? [line])
}
