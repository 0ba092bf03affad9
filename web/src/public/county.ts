import { api, ask } from '@/api/client'

const load = () => ask(api.GET('/api/public/county'))
let asked: ReturnType<typeof load> | undefined

/** The county with its townships and villages, asked for once; again only when it could not be had. */
export function publicCounty() {
  asked ??= load().catch((error: unknown) => {
    asked = undefined
    throw error
  })
  return asked
}
