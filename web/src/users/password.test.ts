import { expect, it } from 'vitest'
import { firstPassword } from './password'

it('makes twelve signs in groups, none of them easily mistaken', () => {
  expect(firstPassword()).toMatch(/^([a-hjkmnp-z2-9]{4}-){2}[a-hjkmnp-z2-9]{4}$/)
})
it('passes over the bytes that would favour some signs', () => {
  let round = 0
  expect(firstPassword((bytes) => bytes.fill(round++ === 0 ? 255 : 0))).toBe('aaaa-aaaa-aaaa')
})
