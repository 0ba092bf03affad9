// After a form was sent with something wrong in it: to the first field that says so.
import { nextTick } from 'vue'

export async function toFirstWrong() {
  await nextTick()
  const wrong = document.querySelector<HTMLElement>('main [aria-invalid="true"], main [role="alert"]')
  wrong?.scrollIntoView({ block: 'center' })
  // A sentence below several boxes takes no focus; the first of them does.
  const field = wrong?.role === 'alert' ? wrong.parentElement?.querySelector<HTMLElement>('input, select, textarea') : wrong
  field?.focus({ preventScroll: true })
}
