import type { Schemas } from '@/api/client'

/** The mark of an import's state: its shape and its colour. */
export const importMarks: Record<Schemas['RegistryImport']['state'], [string, string]> = {
  reading: ['…', 'grey'],
  ready: ['▲', 'yellow'],
  applying: ['…', 'grey'],
  applied: ['✓', 'green'],
  refused: ['◆', 'orange'],
}
export const verdictMarks: Record<Schemas['ImportRow']['verdict'], [string, string]> = {
  new: ['＋', 'green'],
  changed: ['▲', 'blue'],
  unchanged: ['–', 'grey'],
  rejected: ['◆', 'orange'],
}
