import { describe, expect, it } from 'vitest'
import { blankDraft, enterIncome, entryOf, incomeEntered, isEmpty, lastDay, slipAt, type Form } from './entry'

const form: Form = {
  id: '7',
  household_no: '0001',
  head_name: '吉克·阿依',
  village: { code: '513431100200', name: '城关村', level: 'village' },
  version: 3,
  values: { land_arable: '2.5' },
  masked: { bank_account: '***' },
  members: [{ id: '9', name: '吉克·阿依', active: true, head: true, values: { relation: '01' }, masked: { phone: '139****0001' } }],
  income: [{ person: null, first: '2024-01-01', last: '2024-12-31', item: 'I2', amount: '8000' }],
  guarantees: [{ item: { code: 'water', label: '饮水安全' }, status: 'secured', evidence: '' }],
}

describe('entryOf', () => {
  it('sends nothing for what is as it was', () => {
    const draft = blankDraft('2025-03-01')
    draft.household.land_arable = '2.5 '
    draft.members['9'] = { relation: '01' }
    draft.guarantees.water = { status: 'secured' }
    enterIncome(draft, { person: '', first: '2024-01', last: '2024-12', item: 'I2', amount: '8000' })
    expect(isEmpty(entryOf(draft, form))).toBe(true)
  })
  it('sends what differs, each with whom it is about', () => {
    const draft = blankDraft('2025-03-01')
    draft.household.land_arable = ''
    draft.members['9'] = { relation: '99' }
    draft.guarantees.water = { evidence: '自来水到户' }
    expect(entryOf(draft, form).changes).toEqual([
      { field: 'land_arable', value: '' },
      { person: '9', field: 'relation', value: '99' },
      { field: 'guarantee.water.evidence', value: '自来水到户' },
    ])
  })
  it('sends a protected value whenever it was touched, for what is on file is not known here', () => {
    const draft = blankDraft('2025-03-01')
    draft.members['9'] = { phone: '' }
    expect(entryOf(draft, form).changes).toEqual([{ person: '9', field: 'phone', value: '' }])
  })
  it('sends income by whole months, one line once', () => {
    const draft = blankDraft('2025-03-01')
    const row = { person: '9', first: '2024-01', last: '2024-02', item: 'I1', amount: '100' }
    enterIncome(draft, row)
    enterIncome(draft, { ...row, amount: '200' })
    expect(incomeEntered(draft, { ...row, amount: '' })).toBe('200')
    expect(entryOf(draft, form).income).toEqual([{ person: '9', first: '2024-01-01', last: '2024-02-29', item: 'I1', amount: '200' }])
  })
  it('leaves out the fields that a new member was not given', () => {
    const draft = blankDraft('2025-03-01')
    draft.joining.push({ name: '吉克·木呷', phone: '' })
    expect(entryOf(draft, undefined).joining).toEqual([{ name: '吉克·木呷' }])
  })
})

it('knows the last day of each month', () => {
  expect(['2024-02', '2025-02', '2025-04', '2025-12'].map(lastDay)).toEqual(['2024-02-29', '2025-02-28', '2025-04-30', '2025-12-31'])
})

it('finds the slip of exactly that field of that person', () => {
  const slips = [{ person: null, joining: 0, field: 'name', id: 'x', message: '没有姓名' }]
  expect(slipAt(slips, 'name', { joining: 0 })).toBe('没有姓名')
  expect(slipAt(slips, 'name')).toBeUndefined()
})
