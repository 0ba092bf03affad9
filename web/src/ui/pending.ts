// Values on their way to the server. Each is kept in the browser's own storage until the server has answered, so that a
// lost connection, a closed page or an empty battery costs nothing.
import { reactive } from 'vue'
import { Refusal } from '@/api/client'

export interface Pending {
  value: string
  version: number // of what was seen
  refused?: string // the server's sentence; it waits for the user, not for the line
  conflict?: boolean
}

/** Kept under `store`, which names the account: another who signs in at the same machine neither sees nor sends it.
 *  `deliver` sends one and answers what the server has now. What is not `lasting` lives as long as the page. */
export function usePending<T extends Pending, Kept extends { version: number }>(
  store: string,
  keyOf: (one: T) => string,
  deliver: (one: T) => Promise<Kept>,
  saved: (kept: Kept, of: T) => void,
  lasting: (one: T) => boolean = () => true,
) {
  const waiting = reactive(new Map<string, T>()) as Map<string, T>
  for (const [key, one] of read<T>(store)) waiting.set(key, one)
  let sending = false

  const keep = () => localStorage.setItem(store, JSON.stringify([...waiting].filter(([, one]) => lasting(one))))

  function put(one: T) {
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
        if (!next || !(await sendOne(...next))) return
      }
    } finally {
      sending = false
    }
  }
  async function sendOne(key: string, one: T): Promise<boolean> {
    try {
      const kept = await deliver(one)
      // What was typed meanwhile goes on from the version that is there now.
      const later = waiting.get(key)
      if (later && later.value !== one.value) waiting.set(key, { ...later, version: kept.version })
      else waiting.delete(key)
      saved(kept, one)
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

function read<T>(store: string): [string, T][] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(store) ?? '[]')
    return Array.isArray(kept) ? (kept as [string, T][]) : []
  } catch {
    return [] // not ours, or cut off: nothing can be made of it
  }
}
