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
