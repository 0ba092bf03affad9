// What a pack declared, as the screens use it.
import type { Schemas } from '@/api/client'

export type Programme = Schemas['Programme']
export type Register = Schemas['ProgrammeRegister']
export type Field = Schemas['ProgrammeField']
export type Aid = Schemas['ProgrammeAid']
export type Values = Record<string, string>

/** Who receives, in the order of the household's page. */
export const receivers = ['person', 'family', 'dwelling'] as const

/** A value as people read it: a choice by its label, truth as a word, money with its thousands. */
export function read(field: Field, value: string | undefined, word: (id: string) => string): string {
  if (value === undefined || value === '') return '—'
  if (field.type === 'choice') return field.choices.find((one) => one.code === value)?.label ?? value
  if (field.type === 'truth') return word(`programmes.${value}`)
  if (field.type === 'money') return value.replace(/\B(?=(\d{3})+(?!\d)(\.|$))/g, ',')
  return value
}

/** What is missing or wrong before anything is sent; the server has the last word. */
export function wrongOf(field: Field, value: string | undefined, needed: boolean, word: (id: string, args?: Record<string, string>) => string): string {
  const typed = (value ?? '').trim()
  if (!typed) return needed ? word('programmes.wrong_missing', { field: field.title }) : ''
  const number = Number(typed.replace(/[,，]/g, ''))
  if (field.type === 'integer' && !/^\d+$/.test(typed)) return word('programmes.wrong_integer')
  if ((field.type === 'decimal' || field.type === 'money') && Number.isNaN(number)) return word('programmes.wrong_number')
  const scale = field.type === 'money' ? 100 : 1
  if (['integer', 'decimal', 'money'].includes(field.type)) {
    if (field.least !== null && number * scale < field.least) return word('programmes.wrong_least', { least: String(field.least / scale) })
    if (field.most !== null && number * scale > field.most) return word('programmes.wrong_most', { most: String(field.most / scale) })
  }
  return ''
}

/** The values of a form that has these fields: nothing of another form that was typed before goes along. */
export const ofFields = (fields: Field[], values: Values): Values =>
  Object.fromEntries(fields.filter((field) => values[field.name] !== undefined).map((field) => [field.name, values[field.name]!]))

/** Yuan as typed, in whole fen; undefined for what is no amount. Exact: through text, never through a fraction. */
export function fenOf(typed: string): number | undefined {
  const found = typed.trim().replace(/[,，]/g, '').match(/^(\d{1,12})(?:\.(\d{1,2}))?$/)
  if (!found) return undefined
  return Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
}
