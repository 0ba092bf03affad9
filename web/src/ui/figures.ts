// How figures read on a screen. Money comes from the server as whole fen; nothing is decided here.

/** 1234567 fen -> "12,345.67" */
export function yuan(fen: number): string {
  const sign = fen < 0 ? '−' : ''
  const whole = Math.floor(Math.abs(fen) / 100)
  const rest = String(Math.abs(fen) % 100).padStart(2, '0')
  return `${sign}${count(whole)}.${rest}`
}

/** 1234567 fen -> "12,346", for labels in charts, where the table behind has the exact value. */
export function wholeYuan(fen: number): string {
  const sign = fen < 0 ? '−' : ''
  return sign + count(Math.round(Math.abs(fen) / 100))
}

/** 30512 -> "30,512" */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** An instant of the server, "2026-11-23T09:05:00+08:00", as "2026-11-23 09:05": the wall clock of the sender. */
export function minute(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ')
}

/** The share of one member, in fen, rounded half up; for charts and their tables. The totals come from the server. */
export function perHead(fen: number, members: number): number {
  if (members <= 0) return 0
  return Math.sign(fen) * Math.floor((Math.abs(fen) * 2 + members) / (members * 2))
}

/** A parameter's value as people write it: fen become yuan, a ratio becomes percent. */
export function parameterValue(value: string, unit: string): string {
  if (unit === 'fen' && /^-?\d+$/.test(value)) return yuan(Number(value))
  if (unit === 'ratio') return String(Math.round(Number(value) * 10_000) / 100)
  return value
}

/** Time left, in seconds, from what was done since the start; undefined while that says nothing yet. */
export function secondsLeft(done: number, total: number, elapsedMs: number): number | undefined {
  if (total <= 0 || done <= 0 || elapsedMs < 1000) return undefined
  return Math.ceil(((total - done) * elapsedMs) / done / 1000)
}
