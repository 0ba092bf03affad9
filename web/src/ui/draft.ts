// A form as it was typed, kept while the page is away: to look something up and come back loses nothing. In memory only,
// for what people type is people's data; it is gone with the tab, and with signing out.
import { onBeforeUnmount, onMounted, reactive, ref, watch } from 'vue'

const drafts = new Map<string, object>()
export const forgetDrafts = () => drafts.clear()

/** The draft of that name, begun as `blank` says. It is kept once it was changed, until `forget`. */
export function useDraft<T extends object>(name: string, blank: () => T) {
  const kept = drafts.get(name) as T | undefined
  const values = reactive(kept ?? blank()) as T
  const changed = ref(kept !== undefined)
  const wasKept = ref(kept !== undefined)
  watch(values, () => {
    changed.value = true
    drafts.set(name, values)
  })

  function forget() {
    Object.assign(values, blank())
    // The watcher above runs after this.
    queueMicrotask(() => {
      drafts.delete(name)
      changed.value = false
      wasKept.value = false
    })
  }
  function warn(event: BeforeUnloadEvent) {
    if (changed.value && drafts.has(name)) event.preventDefault()
  }
  onMounted(() => addEventListener('beforeunload', warn))
  onBeforeUnmount(() => removeEventListener('beforeunload', warn))
  return { values, changed, wasKept, forget }
}
