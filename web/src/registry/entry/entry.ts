// What somebody enters about a household, before it is sent: only what they touched. A key that is absent is
// untouched; '' clears what is on file.
import type { Schemas } from '@/api/client'

export type Values = Record<string, string>
export interface IncomeRow {
  person: string // '' for the household as a whole
  first: string // months, '2024-01'
  last: string
  item: string
  amount: string // yuan
}
export interface Draft {
  since: string
  reason: string
  village: string // of a new household
  household: Values
  members: Record<string, Values> // by id
  joining: Values[]
  guarantees: Record<string, { status?: string; evidence?: string }> // by item
  income: IncomeRow[]
}
export type Form = Schemas['HouseholdForm']
export type Entered = Schemas['Entered']
export type Slip = Schemas['Outlook']['slips'][number]

export const blankDraft = (today: string): Draft => ({
  since: today,
  reason: '',
  village: '',
  household: {},
  members: {},
  joining: [],
  guarantees: {},
  income: [],
})

/** "2024-02" -> "2024-02-29" */
export function lastDay(month: string): string {
  const [year, at] = month.split('-').map(Number)
  return `${month}-${String(new Date(Date.UTC(year!, at!, 0)).getUTCDate()).padStart(2, '0')}`
}

const sameLine = (row: IncomeRow, other: IncomeRow) =>
  row.person === other.person && row.first === other.first && row.last === other.last && row.item === other.item

/** Income on file as rows; nothing for a household that is new. */
export function incomeOnFile(form: Form | undefined): IncomeRow[] {
  return (form?.income ?? []).map((line) => ({
    person: line.person ?? '',
    first: line.first.slice(0, 7),
    last: line.last.slice(0, 7),
    item: line.item,
    amount: line.amount,
  }))
}

/** The draft as the server takes it: what differs from what is on file, and nothing else. */
export function entryOf(draft: Draft, form: Form | undefined): Entered {
  const changes: NonNullable<Entered['changes']> = []
  const differing = (said: Values, onFile: Values, masked: Values) =>
    Object.entries(said).filter(([field, value]) => (field in masked ? true : value.trim() !== (onFile[field] ?? '')))
  for (const [field, value] of differing(draft.household, form?.values ?? {}, form?.masked ?? {})) changes.push({ field, value: value.trim() })
  for (const member of form?.members ?? [])
    for (const [field, value] of differing(draft.members[member.id] ?? {}, member.values, member.masked))
      changes.push({ person: member.id, field, value: value.trim() })
  for (const [item, said] of Object.entries(draft.guarantees)) {
    const held = form?.guarantees.find((one) => one.item.code === item)
    if (said.status && said.status !== held?.status) changes.push({ field: `guarantee.${item}`, value: said.status })
    if (said.evidence !== undefined && said.evidence.trim() !== (held?.evidence ?? '')) changes.push({ field: `guarantee.${item}.evidence`, value: said.evidence.trim() })
  }
  const joining = draft.joining.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value.trim() !== '')))
  const held = incomeOnFile(form)
  const income = draft.income
    .filter((row) => row.amount.trim() !== '' && row.item && row.first && row.last)
    .filter((row) => held.find((line) => sameLine(line, row))?.amount !== row.amount.trim())
    .map((row) => ({
      ...(row.person ? { person: row.person } : {}),
      first: `${row.first}-01`,
      last: lastDay(row.last),
      item: row.item,
      amount: row.amount.trim(),
    }))
  return { since: draft.since, reason: draft.reason, changes, joining, income }
}

export function isEmpty(entry: Entered): boolean {
  return !entry.changes?.length && !entry.joining?.length && !entry.income?.length
}

/** The amount of a line, written into the draft once. */
export function enterIncome(draft: Draft, row: IncomeRow) {
  const held = draft.income.find((one) => sameLine(one, row))
  if (held) held.amount = row.amount
  else draft.income.push(row)
}
export function incomeEntered(draft: Draft, row: IncomeRow): string {
  return draft.income.find((one) => sameLine(one, row))?.amount ?? row.amount
}

/** The sentence that belongs beside a field. */
export function slipAt(slips: Slip[], field: string, of: { person?: string; joining?: number } = {}): string | undefined {
  return slips.find((slip) => slip.field === field && (slip.person ?? undefined) === of.person && (slip.joining ?? undefined) === of.joining)?.message
}
