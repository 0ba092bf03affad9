import { expect, test } from 'vitest'
import type { Schemas } from '@/api/client'
import { maker } from './maker'

const version = (id: string, hash: string, code: string) => ({ id, hash, stage: { code, label: code } }) as Schemas['RuleVersionHead']

test('who made a judgement is found by its hash', () => {
  const versions = [version('3', 'c', 'draft'), version('2', 'b', 'in_force'), version('1', 'a', 'superseded')]
  const now = { hash: 'b', differences: { from_hash: 'shipped' } }
  expect(maker('b', now, versions)).toEqual({ by: 'version', version: versions[1] })
  expect(maker('a', now, versions).version?.id).toBe('1')
  expect(maker('shipped', now, versions)).toEqual({ by: 'built_in' })
  expect(maker('c', now, versions)).toEqual({ by: 'none' }) // a draft judges nobody
  expect(maker('shipped', { hash: 'shipped', differences: null }, [])).toEqual({ by: 'current' })
})
