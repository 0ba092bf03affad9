// The two steps of every entry by hand: it is checked, old beside new; then it is stored. What was typed stays until
// it is stored or given up.
import { computed, ref, shallowRef, watch } from 'vue'
import { Refusal, type Schemas } from '@/api/client'
import { useSession } from '@/session'
import { useDraft } from '@/ui/draft'
import { blankDraft, entryOf, isEmpty, type Entered, type Form, type Slip } from './entry'

type Outlook = Schemas['Outlook']
interface Calls {
  form: () => Form | undefined // what is on file
  check: (entry: Entered) => Promise<Outlook>
  store: (entry: Entered) => Promise<Schemas['Household']>
}

export function useEntry(name: string, calls: Calls) {
  const { meta } = useSession()
  const { values: draft, wasKept, forget } = useDraft(name, () => blankDraft(meta.value?.today ?? ''))
  // The server's day, once it is known.
  watch(meta, (now) => now && !draft.since && (draft.since = now.today), { immediate: true })
  const outlook = shallowRef<Outlook>()
  const refusal = ref<Refusal>()
  const busy = ref(false)
  const slips = computed<Slip[]>(() => outlook.value?.slips ?? [])
  const entry = computed(() => entryOf(draft, calls.form()))
  const ready = computed(() => outlook.value !== undefined && slips.value.length === 0 && outlook.value.pairs.length > 0)

  async function attempt<T>(act: () => Promise<T>): Promise<T | undefined> {
    busy.value = true
    refusal.value = undefined
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refusal.value = error
    } finally {
      busy.value = false
    }
  }
  const check = () => attempt(async () => (outlook.value = await calls.check(entry.value)))
  const back = () => (outlook.value = undefined)
  function giveUp() {
    outlook.value = undefined
    refusal.value = undefined
    forget()
  }
  const store = () =>
    attempt(async () => {
      const stored = await calls.store(entry.value)
      giveUp()
      return stored
    })
  return { draft, wasKept, entry, nothing: computed(() => isEmpty(entry.value)), outlook, slips, ready, refusal, busy, check, back, store, giveUp }
}
