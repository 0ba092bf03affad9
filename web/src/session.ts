import { computed, ref } from 'vue'
import { api, ask, onSignedOut, setCsrf, type Schemas } from '@/api/client'
import { forgetDrafts } from '@/ui/draft'

type Session = Schemas['Session']

const session = ref<Session>()
const meta = ref<Schemas['Meta']>()
let asked: Promise<void> | undefined
let typist = ''

function take(now: Session | undefined) {
  session.value = now
  setCsrf(now?.csrf ?? '')
  // What somebody typed waits for them through a session that ran out, and for nobody else.
  if (now && now.user.account !== typist) forgetDrafts()
  if (now) typist = now.user.account
}
onSignedOut(() => take(undefined))

/** Asks the server once who is signed in; after that the answer is known. When it cannot be asked, nobody is: the
 *  sign-in page then says what is wrong. */
export function resume(): Promise<void> {
  asked ??= ask(api.GET('/api/session')).then(take, () => take(undefined))
  return asked
}

/** As the server knows the user now: after a change of one's own account. */
export function renew(): Promise<void> {
  asked = undefined
  return resume()
}

export async function signIn(account: string, password: string): Promise<void> {
  take(await ask(api.POST('/api/session', { body: { account, password } })))
}

export async function signOut(): Promise<void> {
  await ask(api.DELETE('/api/session'))
  forgetDrafts()
  take(undefined)
}

export async function loadMeta(): Promise<void> {
  meta.value = await ask(api.GET('/api/meta'))
}

export function useSession() {
  return {
    session,
    meta,
    user: computed(() => session.value?.user),
    may: (right: string) => session.value?.rights.includes(right) ?? false,
    /** The widest area that the user works in. */
    home: computed(() => {
      const areas = session.value?.user.grants.map((grant) => grant.area) ?? []
      return [...areas].sort((a, b) => Number(a.code) - Number(b.code))[0]
    }),
  }
}
