// FEEL beside @bpmn-io/feelin, an implementation that shares nothing with ours: random expressions through both.
// Its numbers are binary doubles and its temporal values luxon's, so values are compared, not texts. A difference
// must be one that `settled.mjs` settles by the standard; any other is a fault of one of the two, and fails.
//
//   node compare.mjs FEEL_LINES [COUNT [SEED]]
import { spawnSync } from 'node:child_process'
import { evaluate } from '@bpmn-io/feelin'
import { Duration } from 'luxon'
import { expressions } from './generate.mjs'
import { settled } from './settled.mjs'

const [program, count = '20000', seed = '20261126'] = process.argv.slice(2)

/** What Ballast says to each text. */
function answers(texts) {
    const run = spawnSync(program, { input: texts.join('\n') + '\n', maxBuffer: 1 << 30, encoding: 'utf8' })
    if (run.status !== 0) throw new Error(`${program} ended with ${run.status ?? run.signal}: ${run.stderr}`)
    const lines = run.stdout.trimEnd().split('\n')
    if (lines.length !== texts.length) throw new Error(`${texts.length} expressions gave ${lines.length} answers`)
    return lines.map((line) => JSON.parse(line))
}

/** What feelin says, in the shape of feel_lines. */
function shaped(value) {
    if (value === null || value === undefined) return null
    if (typeof value === 'number') return Number.isFinite(value) ? { number: value } : null
    if (typeof value === 'string' || typeof value === 'boolean') return value
    if (Array.isArray(value)) return value.map(shaped)
    if (value.isLuxonDateTime) return { date: value.toISODate() }
    if (value.isLuxonDuration) return { duration: value }
    if (value.constructor?.name === 'Range') return { range: '' }
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [`entry ${name}`, shaped(entry)]))
}

function theirs(text) {
    try {
        return shaped(evaluate(text, {}).value)
    } catch (error) {
        return { refused: error.message }
    }
}

const near = (a, b) => a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

function same_duration(ours, luxon) {
    const text = ours['days and time duration'] ?? ours['years and months duration']
    if (!text) return false
    const negative = text.startsWith('-')
    const read = Duration.fromISO(negative ? text.slice(1) : text)
    const wanted = negative ? read.negate() : read
    return wanted.as('months') === luxon.as('months') || wanted.as('milliseconds') === luxon.as('milliseconds')
}

function same(a, b) {
    if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return a === b
    if (Array.isArray(a) || Array.isArray(b))
        return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]))
    if ('number' in a && 'number' in b) return near(Number(a.number), Number(b.number))
    if ('date' in a && 'date' in b) return a.date === b.date
    if ('range' in a && 'range' in b) return true
    if ('duration' in b) return same_duration(a, b.duration)
    const names = Object.keys(a)
    return names.length === Object.keys(b).length && names.every((name) => name in b && same(a[name], b[name]))
}

/** A part that a loop gives its names has an answer for each turn: the first that differs is looked at, too. */
function settled_part({ text, closed, ours, theirs }) {
    for (;;) {
        const reason = settled(text, ours, theirs) ?? settled(closed, ours, theirs)
        if (reason || !Array.isArray(ours) || ours.length !== theirs?.length) return reason
        const turn = ours.findIndex((item, i) => !same(item, theirs[i]))
        ;[ours, theirs] = [ours[turn], theirs[turn]]
    }
}

const samples = [...expressions(Number(seed), Number(count))]
let with_value = 0
const differing = []
answers(samples.map(({ text }) => text)).forEach((ours, i) => {
    const other = theirs(samples[i].text)
    if (!same(ours, other)) differing.push(samples[i])
    else if (other !== null) with_value++
})

// The smallest part that differs says why; parts come before the whole they are in.
const parts = [...new Map(differing.flatMap(({ parts }) => parts.map((part) => [part.closed, part]))).values()]
const differences = new Map()
if (parts.length > 0)
    answers(parts.map(({ closed }) => closed)).forEach((ours, i) => {
        const { text, closed } = parts[i]
        const other = theirs(closed)
        if (!same(ours, other)) differences.set(closed, { text, closed, ours, theirs: other })
    })
const smallest = differing.map(({ parts }) => differences.get(parts.find(({ closed }) => differences.has(closed)).closed))

const reasons = new Map()
const open = new Map()
for (const difference of smallest) {
    const reason = settled_part(difference)
    if (reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
    else open.set(difference.closed, difference)
}

console.log(`${count} expressions, seed ${seed}: ${count - differing.length} agree, ${with_value} of them with a value`)
for (const [reason, times] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`  ${times} settled: ${reason}`)
for (const { closed, ours, theirs } of [...open.values()].sort((a, b) => a.closed.length - b.closed.length).slice(0, 40))
    console.log(`${closed}\n    ours   ${JSON.stringify(ours)}\n    feelin ${JSON.stringify(theirs)}`)
if (open.size > 0) process.exit(1)
// A comparison in which little is compared shows nothing.
if (with_value < count / 2) throw new Error(`only ${with_value} of ${count} were compared with a value`)
