// What a browser loads before the first page can be used: the entry, what it imports, and its styles, compressed.
// Fails above the limit. The start page (search) is counted with it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const limit = 500 * 1024
const dist = new URL('../dist/', import.meta.url).pathname
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
const files = new Set(['index.html'])
function add(key) {
  const chunk = manifest[key]
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  for (const style of chunk.css ?? []) files.add(style)
  for (const next of chunk.imports ?? []) add(next)
}
add('index.html')
add('src/registry/SearchPage.vue')

const sizes = [...files].map((file) => [file, gzipSync(readFileSync(join(dist, file))).length])
const total = sizes.reduce((sum, [, size]) => sum + size, 0)
for (const [file, size] of sizes.sort((a, b) => b[1] - a[1])) console.log(`${String(Math.round(size / 1024)).padStart(5)} KB  ${file}`)
console.log(`${String(Math.round(total / 1024)).padStart(5)} KB  first load, compressed; the limit is ${limit / 1024} KB`)
if (total > limit) process.exit(1)
