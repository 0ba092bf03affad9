// The purpose for which protected fields are read: asked once on a page, sent and audited with every reading there.
import { inject, provide, ref, type InjectionKey, type Ref } from 'vue'

const key: InjectionKey<Ref<string>> = Symbol('purpose')

export function providePurpose() {
  provide(key, ref(''))
}
export function usePurpose(): Ref<string> {
  return inject(key, () => ref(''), true)
}
