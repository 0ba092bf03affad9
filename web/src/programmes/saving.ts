// Sending a form: busy while it is under way, the refusal beside it when it was not taken.
import { ref } from 'vue'
import { Refusal } from '@/api/client'

export function useSaving() {
  const busy = ref(false)
  const refusal = ref<Refusal>()
  /** True when it was taken. */
  async function save(act: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    refusal.value = undefined
    try {
      await act()
      return true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusal.value = error
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, refusal, save }
}
