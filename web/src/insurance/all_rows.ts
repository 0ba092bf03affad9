// Every farmer of a policy, page by page: a loss sheet chooses from all of them, and a printed list shows all.
import { api, ask, type Schemas } from '@/api/client'

export async function allRows(id: string): Promise<Schemas['InsuredRow'][]> {
  const out: Schemas['InsuredRow'][] = []
  const size = 200
  for (let page = 1; ; ++page) {
    const { total, items } = await ask(api.GET('/api/insurance/policies/{id}/rows', { params: { path: { id }, query: { page, size } } }))
    out.push(...items)
    if (!items.length || out.length >= total) return out
  }
}
