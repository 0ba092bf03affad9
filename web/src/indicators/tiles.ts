// How a schematic map colours an area: by how far its target is reached, or without one by its place among its neighbours.
import type { Schemas } from '@/api/client'

export const grades = ['reached', 'near', 'behind', 'far'] as const
export const fifths = ['fifth_1', 'fifth_2', 'fifth_3', 'fifth_4', 'fifth_5'] as const
export type Shade = (typeof grades)[number] | (typeof fifths)[number] | 'hidden' | 'nothing'
type Reading = Pick<Schemas['FigureReading'], 'value' | 'hidden' | 'target' | 'direction' | 'standing' | 'attained'>

/** Off by up to a tenth of the target, up to a quarter, or more. Of a target of nought no share can be told: far. */
export function graded(one: Reading): Shade {
  if (one.standing === 'reached') return 'reached'
  if (one.attained === null) return 'far'
  const off = Math.abs(Number(one.attained) - 100)
  return off <= 10 ? 'near' : off <= 25 ? 'behind' : 'far'
}

/** One shade for each area, in the order of the areas. Equal values have equal shades. */
export function shades(all: Reading[]): Shade[] {
  const values = all.flatMap((one) => (one.value === null || one.hidden || one.target !== null ? [] : [Number(one.value)])).sort((a, b) => a - b)
  return all.map((one) => {
    if (one.hidden) return 'hidden'
    if (one.value === null) return 'nothing'
    if (one.target !== null) return graded(one)
    const rank = values.indexOf(Number(one.value))
    return fifths[Math.min(4, Math.floor((rank * 5) / values.length))]!
  })
}

/** The worst first; hidden and missing ones last, for nothing can be said of them. */
export function worstFirst<T extends Reading & Pick<Schemas['FigureReading'], 'good'>>(all: T[]): T[] {
  const bad = (one: T) => {
    if (one.value === null || one.hidden) return Infinity
    return (one.direction ?? (one.good === 'less' ? 'at_most' : 'at_least')) === 'at_most' ? -Number(one.value) : Number(one.value)
  }
  return [...all].sort((a, b) => {
    const [x, y] = [bad(a), bad(b)]
    return x === y ? 0 : x - y
  })
}
