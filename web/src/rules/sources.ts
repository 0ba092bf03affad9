// How a rule set's sources and values are written out.
import { parameterValue } from '@/ui/figures'

/** "assumed: why", or "a document; assumed". */
export const assumed = (written: string) => /^assumed|[;；] ?assumed$/.test(written)
export const authority = (written: string) => written.replace(/^assumed(: ?)?|[;；] ?assumed$/, '')

interface Words {
  t: (key: string) => string
  te: (key: string) => boolean
}
/** A value with its unit: "5,000.00 元". */
export const shownValue = ({ t, te }: Words, value: string, unit: string) => `${parameterValue(value, unit)} ${te(`units.${unit}`) ? t(`units.${unit}`) : ''}`.trim()
