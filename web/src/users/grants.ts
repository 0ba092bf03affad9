import { api, ask } from '@/api/client'

export interface Grant {
  role: string
  area: string
  department: string
}
export const loadChoices = () => ask(api.GET('/api/users/choices'))
export type Choices = Awaited<ReturnType<typeof loadChoices>>

export const blankGrant = (area: string): Grant => ({ role: '', area, department: '' })
export const roleOf = (choices: Choices | undefined, role: string) => choices?.roles.find((one) => one.role === role)
export const complete = (choices: Choices | undefined, grants: Grant[]) =>
  grants.length > 0 && grants.every((one) => one.role && one.area && (!roleOf(choices, one.role)?.department || one.department))

/** As the server takes them: a department only where the role has one. */
export const sentGrants = (choices: Choices | undefined, grants: Grant[]) =>
  grants.map(({ role, area, department }) => ({ role, area, ...(roleOf(choices, role)?.department ? { department } : {}) }))
