// After a form was sent with something wrong in it: to the first field that says so.
import { nextTick } from 'vue'

export async function toFirstWrong() {
  await nextTick()
  const field = document.querySelector<HTMLElement>('main [aria-invalid="true"], main [role="alert"]')
  field?.scrollIntoView({ block: 'center' })
  field?.focus({ preventScroll: true })
}
