// Something is sent: while it runs the button is busy, and a refusal is kept, to be shown beside the form.
import { ref } from 'vue'
import { Refusal } from './client'

export function useSend() {
  const refusal = ref<Refusal>()
  const busy = ref(false)

  async function send(work: () => Promise<void>) {
    refusal.value = undefined
    busy.value = true
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusal.value = error
    } finally {
      busy.value = false
    }
  }
  return { refusal, busy, send }
}
