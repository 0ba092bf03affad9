// The same table in SQL, by DuckDB: node rules.mjs JOB.json, where the job holds rows, inputs and, for each rule,
// its cells {input, low, high}. Prints CPU nanoseconds per household of each way, and the checksums.
import { readFileSync } from 'node:fs'
import { DuckDBInstance } from '@duckdb/node-api'

const job = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const connection = await (await DuckDBInstance.create(':memory:')).connect()
await connection.run('SET threads = 1') // least overhead per row: CPU is counted, not time

const columns = [...Array(job.inputs).keys()]
const value = i => `((id * ${job.factor} % 1000003 + ${i}) * ${job.factor + 2 * i + 2} % 999983 % 1001)`
const facts = (name, type) =>
  `CREATE TABLE ${name} AS SELECT id, ${columns.map(i => `${value(i)}::${type} AS f${i}`)} FROM range(${job.rows}) t(id)`

const within = ({ input, low, high }) => `f${input} BETWEEN ${low} AND ${high}`
const bit = rule => (1n << BigInt(rule)).toString()

/** Rule by rule, as one writes it. */
const obvious = () =>
  job.rules.map((cells, r) => `CASE WHEN ${cells.map(within).join(' AND ')} THEN ${bit(r)} ELSE 0 END`).join(' + ')

/** What our columns do: for each column a mask of rules in every bin. */
function bins(input) {
  const all = job.rules.reduce((mask, cells, r) => {
    const tests = cells.filter(cell => cell.input === input)
    return tests.length ? mask : mask | (1n << BigInt(r))
  }, 0n)
  const cells = job.rules.flatMap((list, rule) => list.filter(cell => cell.input === input).map(cell => ({ ...cell, rule })))
  const cuts = [...new Set(cells.flatMap(({ low, high }) => [low, high + 1]))].sort((a, b) => a - b)
  const mask = v => cells.reduce((m, { low, high, rule }) => (v >= low && v <= high ? m | (1n << BigInt(rule)) : m), all)
  return { cuts, masks: [mask(-1), ...cuts.map(mask)] }
}
const tested = columns.filter(i => job.rules.some(cells => cells.some(cell => cell.input === i)))
const by_case = () =>
  tested.map(i => {
    const { cuts, masks } = bins(i)
    return `(CASE ${cuts.map((cut, n) => `WHEN f${i} < ${cut} THEN ${masks[n]}`).join(' ')} ELSE ${masks.at(-1)} END)`
  }).join(' & ')
const by_list = () =>
  tested.map(i => {
    const { cuts, masks } = bins(i)
    const of_value = v => masks[cuts.filter(cut => cut <= v).length]
    return `list_extract([${[...Array(1001).keys()].map(of_value)}]::BIGINT[], f${i} + 1)`
  }).join(' & ')

async function time(name, table, mask) {
  const costs = []
  for (let i = 0; i < job.times; ++i) {
    await connection.run('DROP TABLE IF EXISTS reasons')
    const before = process.cpuUsage()
    await connection.run(`CREATE TABLE reasons AS SELECT id, (${mask})::BIGINT AS mask FROM ${table}`)
    const spent = process.cpuUsage(before)
    costs.push(((spent.user + spent.system) * 1000) / job.rows)
  }
  const [row] = (await connection.runAndReadAll(
    'SELECT sum(mask)::VARCHAR, sum((mask % 1000003) * (id % 1009))::VARCHAR FROM reasons')).getRows()
  costs.sort((a, b) => a - b)
  console.log(`${costs[Math.floor(costs.length / 2)].toFixed(1)} ${row[0]} ${row[1]} ${name}`)
}

await connection.run(facts('facts', 'BIGINT'))
await connection.run(facts('small_facts', 'SMALLINT'))
await time('rule by rule', 'facts', obvious())
await time('rule by rule, SMALLINT', 'small_facts', obvious())
await time('bins by CASE, SMALLINT', 'small_facts', by_case())
await time('bins by lists, SMALLINT', 'small_facts', by_list())
