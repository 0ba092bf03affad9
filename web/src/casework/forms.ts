// The form of each step, described once: what is asked, in which order, with which choices. The same description draws
// the form, reads what was typed, and shows it on the timeline. What must hold, the server says.

import type { Schemas } from '@/api/client'

type Case = Schemas['Case']

export type Kind = 'text' | 'long' | 'date' | 'number' | 'money' | 'truth' | 'choice' | 'choices' | 'photos' | 'persons' | 'person' | 'hit' | 'correction' | 'risks' | 'lines' | 'rows' | 'part'
export interface Field {
  name: string
  kind: Kind
  required?: boolean
  options?: readonly string[] // words cases.option_<option>
  fields?: Field[] // of rows and of a part
  fixed?: boolean // rows that are neither added nor taken away
  section?: string // a heading before it: cases.section_<section>
  hidden?: boolean // goes along without being asked
  when?: (beside: Values, of?: Case) => boolean // asked only then
}

export type Values = Record<string, unknown>
export const asked = (fields: Field[], values: Values, of?: Case) => fields.filter((field) => !field.hidden && (field.when?.(values, of) ?? true))

const photos = (name = 'photos'): Field => ({ name, kind: 'photos', required: true })
const proof: Field = { name: 'proof', kind: 'photos' }
const declaration: Field = { name: 'no_relation', kind: 'truth', required: true }
const reason: Field = { name: 'reason', kind: 'long', required: true }

export const guaranteeItems = ['food', 'clothing', 'education', 'medical', 'housing', 'water'] as const
export const consentItems = ['vehicle', 'real_estate', 'deposits', 'market', 'housing_fund', 'tax', 'payroll', 'social_security'] as const
const categories = ['unstable_ex_poor', 'marginal', 'sudden_severe'] as const
const closeReasons = ['no_risk', 'resolved_on_spot', 'single_difficulty', 'watch_list', 'moved_away', 'all_deceased', 'not_rural_household'] as const

const inquiry: Field[] = [{ name: 'inquired_on', kind: 'date', required: true }, { name: 'findings', kind: 'long', required: true }, proof, declaration]
const reasoned: Field[] = [reason, proof, declaration]
const plainReason: Field[] = [reason]
const judgement: Field[] = [{ name: 'hit', kind: 'hit', required: true }, { name: 'accepted', kind: 'truth' }, reason, declaration]

const visit: Field[] = [
  { name: 'visited_on', kind: 'date', required: true },
  {
    name: 'investigators',
    kind: 'rows',
    required: true,
    section: 'investigators',
    fields: [
      { name: 'name', kind: 'text', required: true },
      { name: 'account', kind: 'text', hidden: true },
      { name: 'post', kind: 'choice', required: true, options: ['village', 'work_team', 'township', 'county', 'other'] },
      declaration,
    ],
  },
  {
    name: 'income',
    kind: 'rows',
    required: true,
    fixed: true,
    section: 'income',
    fields: [
      { name: 'item', kind: 'choice', options: ['I1', 'I2', 'E1', 'I3', 'I4', 'D1', 'D2'] },
      { name: 'amount', kind: 'money' },
    ],
  },
  {
    name: 'assets',
    kind: 'rows',
    section: 'assets',
    fields: [
      { name: 'kind', kind: 'choice', required: true, options: ['house', 'vehicle', 'machinery', 'shop', 'deposit', 'livestock', 'other'] },
      { name: 'description', kind: 'text' },
      { name: 'value', kind: 'money' },
    ],
  },
  {
    name: 'guarantees',
    kind: 'rows',
    required: true,
    fixed: true,
    section: 'guarantees',
    fields: [
      { name: 'item', kind: 'choice', options: guaranteeItems },
      { name: 'status', kind: 'choice', required: true, options: ['secured', 'at_risk', 'not_secured', 'not_applicable'] },
      { name: 'note', kind: 'text' },
    ],
  },
  { name: 'risk_confirmed', kind: 'truth', section: 'findings' },
  { name: 'risks', kind: 'risks' },
  { name: 'sudden_event', kind: 'truth' },
  { name: 'severe_difficulty', kind: 'truth' },
  { name: 'self_coping', kind: 'truth' },
  { name: 'findings', kind: 'long', required: true },
  { name: 'photos', kind: 'photos', required: true, section: 'signatures' },
  { name: 'signed_by_household', kind: 'truth', required: true },
  { name: 'signed_by_investigators', kind: 'truth', required: true },
]

const consent: Field[] = [
  { name: 'items', kind: 'choices', required: true, options: consentItems },
  { name: 'from', kind: 'date', required: true },
  { name: 'to', kind: 'date', required: true },
  { name: 'purpose', kind: 'text', required: true },
  {
    name: 'parties',
    kind: 'rows',
    required: true,
    section: 'parties',
    fields: [
      { name: 'person', kind: 'person' },
      { name: 'name', kind: 'text', required: true, when: (party) => !party.person },
      { name: 'id_number', kind: 'text', required: true, when: (party) => !party.person },
      { name: 'standing', kind: 'choice', required: true, options: ['member', 'spouse', 'supporting_child'] },
      { name: 'signed_by', kind: 'choice', required: true, options: ['self', 'guardian', 'agent'] },
      { name: 'signer', kind: 'text', required: true, when: (party) => party.signed_by === 'guardian' || party.signed_by === 'agent' },
      photos('signature'),
    ],
  },
  { name: 'promise_of_truth', kind: 'truth', required: true },
]

export const forms: Record<string, Field[]> = {
  open: [reason, { name: 'risks', kind: 'risks' }],
  verify: visit,
  authorise: consent,
  refuse_consent: plainReason,
  withdraw_consent: plainReason,
  compare: [
    { name: 'compared_on', kind: 'date', required: true },
    { name: 'persons', kind: 'persons', required: true },
    { name: 'items', kind: 'choices', required: true, options: consentItems },
    {
      name: 'hits',
      kind: 'rows',
      section: 'hits',
      fields: [
        { name: 'rule', kind: 'choice', required: true, options: ['N1', 'N2', 'N3', 'N4', 'N5', 'N6', 'N7', 'N8', 'N9'] },
        { name: 'severity', kind: 'choice', required: true, options: ['hard', 'soft'] },
        { name: 'person', kind: 'person' },
        { name: 'summary', kind: 'text', required: true },
        { name: 'source', kind: 'text' },
      ],
    },
    { name: 'note', kind: 'long' },
  ],
  explain: [{ name: 'hit', kind: 'hit', required: true }, { name: 'text', kind: 'long', required: true }, { ...proof, required: true }],
  judge: judgement,
  judge_county: judgement,
  reject_asset: reasoned,
  review: [
    { name: 'held_on', kind: 'date', required: true },
    { name: 'place', kind: 'text' },
    { name: 'chair', kind: 'text' },
    { name: 'recorder', kind: 'text' },
    { name: 'entitled', kind: 'number', required: true, section: 'votes' },
    { name: 'present', kind: 'number', required: true },
    { name: 'votes_for', kind: 'number', required: true },
    { name: 'votes_against', kind: 'number', required: true },
    { name: 'abstained', kind: 'number', required: true },
    { name: 'relatives_present', kind: 'number', required: true },
    { name: 'comparison_read_out', kind: 'truth', required: true },
    { name: 'minutes', kind: 'long', required: true },
    { name: 'reason', kind: 'long' },
    photos(),
  ],
  publicise: [{ name: 'posted_on', kind: 'date', required: true }, { name: 'hotline', kind: 'text', required: true }, { name: 'place', kind: 'text' }, photos()],
  end_publicity: [{ name: 'taken_down_on', kind: 'date', required: true }, photos()],
  object: [{ name: 'text', kind: 'long', required: true }, { name: 'name', kind: 'text' }, { name: 'phone', kind: 'text' }],
  dismiss_objection: inquiry,
  restart_publicity: inquiry,
  repeat_review: inquiry,
  reject_objection: reasoned,
  township_review: [
    { name: 'opinion', kind: 'long', required: true },
    { name: 'sample_visit', kind: 'part', fields: [{ name: 'visited_on', kind: 'date' }, { name: 'findings', kind: 'long' }] },
    declaration,
  ],
  return_township: [{ name: 'items', kind: 'lines', required: true }],
  correct: [{ name: 'item', kind: 'correction', required: true }, { name: 'note', kind: 'long', required: true }, proof],
  reject_township: reasoned,
  approve: [
    { name: 'category', kind: 'choice', required: true, options: categories },
    { name: 'category_reason', kind: 'long', required: true, when: (approval, of) => approval.category !== of?.proposal?.category?.code },
    { name: 'opinion', kind: 'long', required: true },
    { name: 'late_reason', kind: 'long', required: true, when: (_, of) => (of?.decide_by.days_left ?? 0) < 0 },
    declaration,
  ],
  return_county: [{ name: 'items', kind: 'lines', required: true }],
  reject_county: reasoned,
  enrol: [{ name: 'identified_on', kind: 'date', required: true }, { name: 'helper', kind: 'text', required: true, when: (_, of) => !of?.has_helper }, { name: 'risks', kind: 'risks' }],
  close: [{ name: 'why', kind: 'choice', required: true, options: closeReasons }, ...reasoned],
  green_help: [
    { name: 'danger', kind: 'long', required: true },
    { name: 'help', kind: 'long', required: true },
    { name: 'helped_on', kind: 'date', required: true },
    { name: 'helped_by', kind: 'text', required: true },
    { name: 'amount', kind: 'money' },
    { ...proof, required: true },
  ],
  extend: [{ name: 'days', kind: 'number', required: true }, reason],
  pause: plainReason,
  resume: plainReason,
}

// -- what a form begins with --------------------------------------------------------------------------------------------

function blank(field: Field): unknown {
  switch (field.kind) {
    case 'truth':
      return false
    case 'photos':
    case 'choices':
    case 'persons':
    case 'risks':
    case 'rows':
      return []
    case 'part':
      return blanks(field.fields ?? [])
    default:
      return ''
  }
}
export const blanks = (fields: Field[]): Values => Object.fromEntries(fields.map((field) => [field.name, blank(field)]))

/** One year later, less a day: an authorisation holds for twelve months at most. */
function yearAfter(day: string): string {
  const end = new Date(`${day}T00:00:00Z`)
  end.setUTCFullYear(end.getUTCFullYear() + 1)
  end.setUTCDate(end.getUTCDate() - 1)
  return end.toISOString().slice(0, 10)
}

export interface Beginner {
  name: string
  account: string
  post: string
}

/** What is known already, so that nobody types it again. */
export function begin(action: string, of: Case, today: string, who: Beginner, purpose: string): Values {
  const fields = forms[action] ?? []
  const values = blanks(fields)
  for (const field of fields) if (field.kind === 'date') values[field.name] = today
  const row = (name: string, filled: Values): Values => ({ ...blanks(fields.find((field) => field.name === name)?.fields ?? []), ...filled })
  if (action === 'verify') {
    values.investigators = [row('investigators', { ...who }), row('investigators', {})]
    values.income = ['I1', 'I2', 'E1', 'I3', 'I4', 'D1', 'D2'].map((item) => row('income', { item }))
    values.guarantees = guaranteeItems.map((item) => row('guarantees', { item }))
    values.risks = of.risks.map((risk) => risk.code)
  }
  if (action === 'authorise') {
    values.items = [...consentItems]
    values.to = yearAfter(today)
    values.purpose = purpose
    values.parties = of.members
      .filter((member) => member.adult)
      .map((member) => row('parties', { person: member.person, standing: 'member', signed_by: 'self' }))
  }
  if (action === 'compare' && of.consent) {
    values.persons = [...of.consent.persons]
    values.items = of.consent.items.map((item) => item.code)
  }
  if (action === 'explain' || action === 'judge' || action === 'judge_county') {
    const open = of.hits.findIndex((hit) => !hit.accepted)
    values.hit = String(Math.max(0, open))
  }
  if (action === 'correct') values.item = String(Math.max(0, of.corrections.findIndex((one) => one.note === null)))
  if (action === 'approve') values.category = of.proposal?.category?.code ?? ''
  if (action === 'enrol') values.risks = of.risks.map((risk) => risk.code)
  return values
}

// -- what is sent -------------------------------------------------------------------------------------------------------

/** "12345.6" yuan -> 1234560 fen; undefined when it is no amount. */
export function fenOf(typed: string): number | undefined {
  const match = /^(\d{1,11})(?:\.(\d{1,2}))?$/.exec(typed.replace(/[,，\s]/g, ''))
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined
}
const whole = (typed: unknown) => (/^-?\d{1,9}$/.test(String(typed).trim()) ? Number(typed) : undefined)

function sentValue(field: Field, value: unknown): unknown {
  switch (field.kind) {
    case 'money':
      return fenOf(String(value))
    case 'number':
    case 'hit':
    case 'correction':
    case 'person':
      return whole(value)
    case 'persons':
      return (value as string[]).map(Number)
    case 'lines':
      return String(value).split('\n').map((line) => line.trim()).filter(Boolean)
    case 'rows':
      return (value as Values[]).filter((row) => field.fields?.some((one) => !one.hidden && one.kind !== 'choice' && one.kind !== 'truth' && filled(row[one.name])) || !field.fixed || filled(row.status)).map((row) => sent(field.fields ?? [], row))
    case 'part':
      return filled((value as Values).visited_on) && filled((value as Values).findings) ? sent(field.fields ?? [], value as Values) : undefined
    case 'text':
    case 'long':
      return String(value).trim()
    case 'date':
    case 'choice':
      return value === '' ? undefined : value
    default:
      return value
  }
}
const filled = (value: unknown) => (Array.isArray(value) ? value.length > 0 : value !== '' && value !== undefined && value !== null && value !== false)

/** The form as the server reads it; what is empty is left out. */
export function sent(fields: Field[], values: Values): Values {
  const out: Values = {}
  for (const field of fields) {
    const value = sentValue(field, values[field.name])
    if (value !== undefined) out[field.name] = value
  }
  return out
}

export interface Gap {
  path: string
  field: Field
  why: 'missing' | 'no_amount' | 'no_number'
}
/** What is not filled in yet, or cannot be read: said before anything is sent. */
export function gaps(fields: Field[], values: Values, of?: Case, path = ''): Gap[] {
  const out: Gap[] = []
  for (const field of asked(fields, values, of)) {
    const value = values[field.name]
    const at = path + field.name
    if (field.kind === 'money' && filled(value) && fenOf(String(value)) === undefined) out.push({ path: at, field, why: 'no_amount' })
    else if (field.kind === 'number' && filled(value) && whole(value) === undefined) out.push({ path: at, field, why: 'no_number' })
    else if (field.kind === 'rows') (value as Values[]).forEach((row, i) => out.push(...gaps(field.fields ?? [], row, of, `${at}.${i}.`)))
    else if (field.required && !filled(value)) out.push({ path: at, field, why: 'missing' })
  }
  return out
}
