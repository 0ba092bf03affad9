// dmn-js shows its own texts; each of them has its Chinese, also after the next update of the package.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { editorWord } from './editor_words'
import chinese from '@/words/table_editor.zh.json'

test('every text of the table editor is translated', () => {
  const folder = join(process.cwd(), 'node_modules/dmn-js-decision-table/lib')
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/translate\('([^'{"]+)'/g)].map((match) => match[1]!))
  expect(texts.length).toBeGreaterThan(100)
  const without = [...new Set(texts)].filter((text) => !(editorWord(text) in chinese))
  expect(without).toEqual(['View DRD'])
})
