// The types of the API are those of the contract: fails when src/api/schema.d.ts differs from what openapi.yaml gives.
// `npm run types` makes it anew.
import { readFileSync } from 'node:fs'
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript'

const contract = new URL('../../src/delivery/api/openapi.yaml', import.meta.url)
const kept = readFileSync(new URL('../src/api/schema.d.ts', import.meta.url), 'utf8')
const made = COMMENT_HEADER + astToString(await openapiTS(contract))
if (made.trim() !== kept.trim()) {
  console.error('src/api/schema.d.ts is not what src/delivery/api/openapi.yaml says; run: npm run types')
  process.exit(1)
}
console.log('types: as in openapi.yaml')
