// What an input shows of a stored value: `v-stored="value"`. Unlike :value, it leaves alone what is just being typed, which
// each answer of the server for another field would otherwise wipe out.
import type { Directive } from 'vue'

const typing = new WeakSet<EventTarget>()

export const vStored: Directive<HTMLInputElement, string> = {
  mounted(input, { value }) {
    input.value = value
    input.addEventListener('input', () => typing.add(input))
    for (const over of ['change', 'blur']) input.addEventListener(over, () => typing.delete(input))
  },
  updated(input, { value }) {
    if (!typing.has(input) && input.value !== value) input.value = value
  },
}
