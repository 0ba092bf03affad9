import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { Refusal } from './client'

export interface Load<T> {
  data: ShallowRef<T | undefined>
  refusal: Ref<Refusal | undefined>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/** Loads now and whenever what `on` returns changes. Of two loads under way only the later one counts. What was
 *  shown stays until the new is there, so that the page does not jump. */
export function useLoad<T>(load: () => Promise<T>, on: () => unknown = () => 0): Load<T> {
  const data = shallowRef<T>()
  const refusal = ref<Refusal>()
  const loading = ref(false)
  let latest = 0

  async function reload() {
    const mine = ++latest
    loading.value = true
    try {
      const loaded = await load()
      if (mine !== latest) return
      data.value = loaded
      refusal.value = undefined
    } catch (error) {
      if (mine !== latest) return
      if (!(error instanceof Refusal)) throw error
      data.value = undefined
      refusal.value = error
    } finally {
      if (mine === latest) loading.value = false
    }
  }
  watch(on, reload, { immediate: true })
  return { data, refusal, loading, reload }
}
