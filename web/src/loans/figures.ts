/** "0.0385" -> "3.85%"; exact, for the server's decimal may have six places. */
export function percent(share: string): string {
  const [whole = '0', places = ''] = share.split('.')
  const digits = (whole + places.padEnd(6, '0')).replace(/^0+(?=\d{5})/, '')
  const fraction = digits.slice(-4).replace(/0+$/, '')
  return `${digits.slice(0, -4)}${fraction ? `.${fraction}` : ''}%`
}

/** "3.85" as typed by people -> "0.0385"; undefined for what is no percentage. */
export function shareOf(typed: string): string | undefined {
  const text = typed.trim().replace(/%$/, '')
  if (!/^\d{1,2}(\.\d{1,4})?$/.test(text)) return undefined
  const [whole = '0', places = ''] = text.split('.')
  const digits = whole.padStart(2, '0') + places
  return `0.${digits}`
}

/** "12345.6" -> "12,345.6": a weight or area as the server counts it. */
export function grouped(decimal: string): string {
  const [whole = '', places] = decimal.split('.')
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (places ? `.${places}` : '')
}

/** "1,234.5" as typed by people -> "1234.5"; undefined for what is no number above zero with at most so many places. */
export function decimalOf(typed: string, places: number): string | undefined {
  const text = typed.trim().replace(/[,\uff0c]/g, '')
  return new RegExp(`^\\d{1,9}(\\.\\d{1,${places}})?$`).test(text) && /[1-9]/.test(text) ? text : undefined
}
