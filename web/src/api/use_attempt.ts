// Something that the server may refuse: under way, and the refusal to be shown. What a bug throws is thrown on.
import { ref } from 'vue'
import { Refusal } from './client'

export function useAttempt() {
  const busy = ref(false)
  const refusal = ref<Refusal>()
  async function attempt(act: () => Promise<unknown>) {
    busy.value = true
    refusal.value = undefined
    try {
      await act()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusal.value = error
    } finally {
      busy.value = false
    }
  }
  return { busy, refusal, attempt }
}
