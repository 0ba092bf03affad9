// Figures on their way to the server. Each is kept in the browser's own storage until the server has answered, so that a
// lost connection, a closed page or an empty battery costs nothing. Figures only; no person's data is kept.
import { reactive } from 'vue'
import { api, ask, Refusal, type Schemas } from '@/api/client'

export interface Pending {
  form: string
  term: string
  area: string
  figure: string
  part: string
  value: string
  version: number
  refused?: string // the server's sentence; it waits for the user, not for the line
  conflict?: boolean
}

export const keyOf = (one: { term: string; area: string; figure: string; part: string }) => [one.term, one.area, one.figure, one.part].join('|')

/** Of one account: another who signs in at the same machine neither sees nor sends it. */
export function usePending(account: string, saved: (cell: Schemas['FigureCell'], of: Pending) => void) {
  const store = `ballast.figures.${account}`
  const waiting = reactive(new Map<string, Pending>(read(store)))
  let sending = false

  const keep = () => localStorage.setItem(store, JSON.stringify([...waiting]))

  function put(one: Pending) {
    waiting.set(keyOf(one), one)
    keep()
    void send()
  }
  function drop(key: string) {
    waiting.delete(key)
    keep()
  }

  /** One after the other, in the order in which they were typed. Stops where the server cannot be reached. */
  async function send() {
    if (sending) return
    sending = true
    try {
      for (;;) {
        const next = [...waiting.entries()].find(([, one]) => !one.refused)
        if (!next || !(await deliver(...next))) return
      }
    } finally {
      sending = false
    }
  }
  async function deliver(key: string, one: Pending): Promise<boolean> {
    const { form, term, area, figure, part, value, version } = one
    try {
      const cell = await ask(api.PUT('/api/indicators/forms/{form}/cell', { params: { path: { form } }, body: { term, area, figure, part, value, version } }))
      // What was typed meanwhile goes on from the version that is there now.
      const later = waiting.get(key)
      if (later && later.value !== value) waiting.set(key, { ...later, version: cell.version })
      else waiting.delete(key)
      saved(cell, one)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      if (error.kind === 'unavailable') return false
      waiting.set(key, { ...one, refused: error.message, conflict: error.kind === 'conflict' && 'name' in error.args })
    }
    keep()
    return true
  }
  return { waiting, put, drop, send }
}

function read(store: string): [string, Pending][] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(store) ?? '[]')
    return Array.isArray(kept) ? (kept as [string, Pending][]) : []
  } catch {
    return [] // not ours, or cut off: nothing can be made of it
  }
}
