// Which rules made a judgement, by the hash that it keeps.
import type { Schemas } from '@/api/client'

type Head = Schemas['RuleVersionHead']
interface InForce {
  hash: string
  differences: { from_hash: string } | null
}
const held = new Set(['in_force', 'superseded'])

export interface Maker {
  by: 'version' | 'current' | 'built_in' | 'none'
  version?: Head
}

/** A version of the area that has or had its day; the rules in force; those of the program; or none that is known here. */
export function maker(hash: string, now: InForce, versions: Head[]): Maker {
  const version = versions.find((one) => one.hash === hash && held.has(one.stage.code))
  if (version) return { by: 'version', version }
  if (now.hash === hash) return { by: 'current' }
  return { by: now.differences?.from_hash === hash ? 'built_in' : 'none' }
}
