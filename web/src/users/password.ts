// A password to begin with: long enough not to be guessed, without signs that are mistaken for one another.
const signs = 'abcdefghjkmnpqrstuvwxyz23456789'

export function firstPassword(random: (bytes: Uint8Array) => Uint8Array = (bytes) => crypto.getRandomValues(bytes)): string {
  let out = ''
  while (out.length < 12)
    // A byte beyond the last whole round of signs would favour the first of them.
    for (const byte of random(new Uint8Array(16))) if (byte < 256 - (256 % signs.length) && out.length < 12) out += signs[byte % signs.length]
  return out.match(/.{4}/g)!.join('-')
}
