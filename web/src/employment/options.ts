// The choices of employment's lists, fetched once for each visit of a page.
import { api, ask, type Schemas } from '@/api/client'
import { useLoad } from '@/api/use_load'

export type Option = Schemas['Coded']

export function useOptions() {
  const load = useLoad(() => ask(api.GET('/api/employment/options')))
  const of = (list: string): Option[] => load.data.value?.[list] ?? []
  return { of, refusal: load.refusal }
}

/** Today as the server's files write it; the clerk's own clock is good enough to fill a form. */
export const todayIso = (): string => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10)
