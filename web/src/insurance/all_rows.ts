// Every farmer of a policy, page by page: a loss sheet chooses from all of them, and a printed list shows all. With a day,
// those who were insured on it.
import { api, ask, type Schemas } from '@/api/client'

export async function allRows(id: string, on?: string): Promise<Schemas['InsuredRow'][]> {
  const out: Schemas['InsuredRow'][] = []
  const size = 200
  for (let page = 1; ; ++page) {
    const { total, items } = on
      ? await ask(api.GET('/api/insurance/policies/{id}/rows_then', { params: { path: { id }, query: { on, page, size } } }))
      : await ask(api.GET('/api/insurance/policies/{id}/rows', { params: { path: { id }, query: { page, size } } }))
    out.push(...items)
    if (!items.length || out.length >= total) return out
  }
}
