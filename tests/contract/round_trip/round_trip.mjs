// Models through dmn-moddle, the library by which the table editor reads and writes, and back: the server's checker
// must find nothing lost in any of ours, or policy staff could not open it. Losses planted on the way must be found.
//
//   node round_trip.mjs KEPT_LINES FOLDER [report]     # report: say what is lost in each, and judge nothing
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const [program, folder, report] = process.argv.slice(2)
const library = new URL('../../../web/node_modules/dmn-moddle/dist/index.js', import.meta.url)
if (!existsSync(library)) {
    console.log('skipped: the packages of web/ are not installed')
    process.exit(0)
}
const { DmnModdle } = await import(library)

function ask(lines) {
    const run = spawnSync(program, { input: lines.map((line) => JSON.stringify(line) + '\n').join(''), maxBuffer: 1 << 30, encoding: 'utf8' })
    if (run.status !== 0) throw new Error(`${program} ended with ${run.status ?? run.signal}: ${run.stderr}`)
    return run.stdout.trimEnd().split('\n').map((line) => JSON.parse(line))
}

async function written(given) {
    const moddle = new DmnModdle()
    const { rootElement } = await moddle.fromXML(given, 'dmn:Definitions')
    return (await moddle.toXML(rootElement, { format: true })).xml
}

const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.dmn')).sort()
const models = files.map((file) => ({ file, before: readFileSync(join(folder, file), 'utf8') }))
const given = ask(models)
const trips = []
const refused = []
for (const [i, model] of models.entries()) {
    try {
        trips.push({ ...model, after: await written(given[i].given) })
    } catch (error) {
        refused.push(`${model.file}: not read: ${error.message.split('\n')[0]}`)
    }
}
const answers = ask(trips)
for (const [i, { file }] of trips.entries())
    if (answers[i].id) refused.push(`${file}: ${answers[i].id} ${answers[i].what} in ${answers[i].place}`)
const kept = models.length - refused.length
console.log(refused.join('\n'))
console.log(`${kept} of ${models.length} models of ${relative(process.cwd(), folder) || '.'} come back with nothing lost`)
if (report) process.exit(0)
if (refused.length || !models.length) process.exit(1)

// What an editor could do to them, found in every one.
const planted = [
    ['a rule', (xml) => xml.replace(/<rule [\s\S]*?<\/rule>/, '')],
    ['a cell', (xml) => xml.replace(/(<inputEntry[^>]*>\s*<text>)[^<]*/, '$1"planted"')],
    ['a requirement', (xml) => xml.replace(/<informationRequirement[\s\S]*?<\/informationRequirement>/, '')],
    ['a type', (xml) => xml.replace(/ typeRef="(number|boolean|string)"/, '')],
    ['a hit policy', (xml) => xml.replace(/ hitPolicy="[^"]*"/, ' hitPolicy="ANY"')],
]
let unseen = 0
for (const [what, plant] of planted) {
    const harmed = trips.map((trip) => ({ ...trip, after: plant(trip.after) }))
    for (const [i, answer] of ask(harmed).entries())
        if (harmed[i].after !== trips[i].after && !answer.id) {
            console.log(`${harmed[i].file}: ${what} was lost and nobody noticed`)
            ++unseen
        }
}
process.exit(unseen ? 1 : 0)
