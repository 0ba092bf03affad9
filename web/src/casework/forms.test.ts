import { describe, expect, it } from 'vitest'
import type { Schemas } from '@/api/client'
import { begin, blanks, fenOf, forms, gaps, sent } from './forms'

const risk = { code: '05', label: '' }
const of = {
  risks: [risk],
  hits: [{ accepted: true }, { accepted: false }],
  corrections: [{ what: 'a', note: 'b' }, { what: 'c', note: null }],
  members: [
    { person: '11', name: '吉克·阿依', age: 41, adult: true },
    { person: '13', name: '吉克·伍加', age: 9, adult: false },
  ],
  consent: { persons: ['11'], items: [{ code: 'vehicle', label: '' }] },
  proposal: { category: { code: 'marginal', label: '' } },
} as unknown as Schemas['Case']
const who = { name: '陈秀英', account: 'chen', post: 'village' }

describe('amounts', () => {
  it('are read in yuan and sent in fen', () => {
    expect(fenOf('12,345.6')).toBe(1234560)
    expect(fenOf('0')).toBe(0)
    expect(fenOf('1.234')).toBeUndefined()
    expect(fenOf('-3')).toBeUndefined()
    expect(fenOf('十')).toBeUndefined()
  })
})

describe('a form', () => {
  it('begins with what is known', () => {
    const visit = begin('verify', of, '2021-06-02', who, '')
    expect(visit.visited_on).toBe('2021-06-02')
    expect((visit.investigators as object[])[0]).toMatchObject(who)
    expect(visit.risks).toEqual(['05'])
    const consent = begin('authorise', of, '2021-06-02', who, '认定')
    expect(consent.to).toBe('2022-06-01')
    expect(consent.parties).toHaveLength(1)
    expect(begin('judge', of, '2021-06-02', who, '').hit).toBe('1')
    expect(begin('correct', of, '2021-06-02', who, '').item).toBe('1')
  })

  it('is sent without what is empty, and with numbers as numbers', () => {
    const visit = begin('verify', of, '2021-06-02', who, '')
    ;(visit.income as Record<string, unknown>[])[0]!.amount = '3600.50'
    const form = sent(forms.verify!, visit)
    expect(form.income).toEqual([{ item: 'I1', amount: 360050 }])
    const review = { ...blanks(forms.review!), held_on: '2021-06-05', entitled: '30' }
    expect(sent(forms.review!, review)).toMatchObject({ entitled: 30, held_on: '2021-06-05' })
    expect(sent(forms.review!, review)).not.toHaveProperty('present')
    expect(sent(forms.return_township!, { items: ' 补充认定书 \n\n' })).toEqual({ items: ['补充认定书'] })
  })

  it('says what is missing', () => {
    const paths = gaps(forms.verify!, begin('verify', of, '2021-06-02', who, '')).map((gap) => gap.path)
    expect(paths).toContain('investigators.1.name')
    expect(paths).toContain('guarantees.5.status')
    expect(paths).not.toContain('visited_on')
    expect(gaps(forms.green_help!, { ...blanks(forms.green_help!), amount: '两千' }).find((gap) => gap.path === 'amount')?.why).toBe('no_amount')
  })
})
