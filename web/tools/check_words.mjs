// Both languages have the same words with the same {places}, every word that the screens ask for exists, and no template holds
// Chinese of its own.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = new URL('../src/words/', import.meta.url).pathname
const problems = []
const all = new Set()
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort().join()

for (const file of readdirSync(folder).filter((name) => name.endsWith('.zh.json'))) {
  const zh = JSON.parse(readFileSync(join(folder, file), 'utf8'))
  const en = JSON.parse(readFileSync(join(folder, file.replace('.zh.', '.en.')), 'utf8'))
  for (const key of new Set([...Object.keys(zh), ...Object.keys(en)])) {
    if (!zh[key] || !en[key]) problems.push(`${file}: ${key} is not in both languages`)
    else if (places(zh[key]) !== places(en[key])) problems.push(`${file}: ${key} has other {places} in English`)
    // Units are plural forms, which the bar parts on purpose.
    else if (/[|@]/.test(key.startsWith('units.') ? '' : zh[key] + en[key])) problems.push(`${file}: ${key} holds | or @, which have a meaning of their own`)
    if (all.has(key)) problems.push(`${file}: ${key} is there twice`)
    all.add(key)
  }
}

// Ids begin with the name of their file, or are of the common one.
const parts = ['units', 'errors', ...readdirSync(folder).flatMap((name) => name.match(/^(\w+)\.zh\.json$/)?.[1] ?? [])].join('|')
const whole = new RegExp(`['"\`]((?:${parts})\\.\\w+)['"\`]`, 'g')
const begun = new RegExp(`\`((?:${parts})\\.\\w*)\\$\\{`, 'g')
const used = new Set()
const prefixes = new Set()
function read(directory) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) read(path)
    else if (/\.(vue|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts')) {
      const text = readFileSync(path, 'utf8')
      const template = text.match(/\n<template>\n([^]*)\n<\/template>/)?.[1].replace(/<!--[^]*?-->/g, '') ?? ''
      for (const [own] of template.matchAll(/[\u4e00-\u9fff（）；。：、，]+/g)) problems.push(`${path}: “${own}” stands in the template; it belongs into a word file`)
      for (const [, key] of text.matchAll(whole)) used.add(key)
      for (const [, prefix] of text.matchAll(begun)) prefixes.add(prefix)
      for (const [, key] of text.matchAll(/word: '([\w.]+)'/g)) used.add(key).add(`${key}_short`)
    }
  }
}
read(new URL('../src/', import.meta.url).pathname)
for (const key of used) if (!all.has(key)) problems.push(`${key} is asked for but in no word file`)
for (const key of all)
  if (!used.has(key) && ![...prefixes].some((prefix) => key.startsWith(prefix))) problems.push(`${key} is in a word file but asked for nowhere`)

if (problems.length) {
  console.error(problems.join('\n'))
  process.exit(1)
}
console.log(`words: ${all.size} in both languages`)
