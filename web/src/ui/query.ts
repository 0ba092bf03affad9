// State that lives in the URL: one value of the query, read and written as if it were a ref.
import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export function useQuery() {
  const route = useRoute()
  const router = useRouter()

  function set(values: Record<string, string | undefined>, how: 'push' | 'replace' = 'push') {
    const query = { ...route.query }
    for (const [name, value] of Object.entries(values)) {
      if (value) query[name] = value
      else delete query[name]
    }
    return how === 'push' ? router.push({ query }) : router.replace({ query })
  }

  /** A filter: changing it leads back to the first page. */
  function filter(name: string, otherwise = ''): WritableComputedRef<string> {
    return computed({
      get: () => text(route.query[name]) ?? otherwise,
      set: (value) => void set({ [name]: value === otherwise ? undefined : value, page: undefined }),
    })
  }

  const page = computed({
    get: () => Math.max(1, Number.parseInt(text(route.query.page) ?? '1', 10) || 1),
    set: (value: number) => void set({ page: value > 1 ? String(value) : undefined }),
  })
  return { filter, page, set }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
