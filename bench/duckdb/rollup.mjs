// The same roll-up in SQL, by DuckDB: node rollup.mjs VILLAGES.csv INDICATORS FACTOR. Prints seconds and checksums of
// each way: long (a row for each village and indicator, as one keeps figures) and wide (a column for each indicator).
// Both roll up level by level, which is cheaper than grouping the villages five times.
import { DuckDBInstance } from '@duckdb/node-api'

const [file, indicators, factor] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])]
const connection = await (await DuckDBInstance.create(':memory:')).connect()
const run = sql => connection.run(sql)
const row = async sql => (await connection.runAndReadAll(sql)).getRows()[0]

const drawn = i => `((id * ${factor} % 1000003 + ${i}) * (${factor} + 2 * ${i} + 2) % 999983 % 1001)`
const value = i => `CASE WHEN ${drawn(i)} % 17 = 0 THEN NULL ELSE ${drawn(i)} END`
const units = [1_000, 1_000_000, 100_000_000, 10_000_000_000, 1_000_000_000_000] // township, county ... country

async function time(name, work, check) {
  const begun = performance.now()
  await work()
  const took = (performance.now() - begun) / 1000
  const [sums, reported] = check ? await check() : ['-', '-']
  console.log(`${took.toFixed(3)} ${sums} ${reported} ${name}`)
}

await run(`CREATE TABLE village AS SELECT id::BIGINT id, code::BIGINT code FROM read_csv('${file}', header = true)`)

// -- wide ---------------------------------------------------------------------------------------------------------------
const all = [...Array(indicators).keys()]
await run(`CREATE TABLE wide AS SELECT code, ${all.map(i => `(${value(i)})::BIGINT v${i}`).join(', ')} FROM village`)
await time('wide, level by level', async () => {
  let from = 'wide'
  for (const [n, unit] of units.entries()) {
    const counted = i => (n ? `sum(n${i})::BIGINT` : `count(v${i})`)
    await run(`CREATE OR REPLACE TABLE w${n} AS SELECT code - code % ${unit} code,
      ${all.map(i => `sum(v${i})::BIGINT v${i}, ${counted(i)} n${i}`).join(', ')} FROM ${from} GROUP BY 1`)
    from = `w${n}`
  }
}, async () => {
  let [sums, reported] = [0n, 0n]
  for (const n of units.keys()) {
    const weighted = name => all.map(i => `coalesce(sum(${name}${i}::HUGEINT * (code // 1000 % 1009 + ${i + 1})), 0)`).join(' + ')
    const [a, b] = await row(`SELECT (${weighted('v')})::VARCHAR, (${weighted('n')})::VARCHAR FROM w${n}`)
    sums += BigInt(a)
    reported += BigInt(b)
  }
  return [sums, reported]
})
await run('DROP TABLE wide')

// -- long ---------------------------------------------------------------------------------------------------------------
await run(`CREATE TABLE figure AS SELECT code, i::SMALLINT i, (${value('i')})::BIGINT v FROM range(${indicators}) t(i), village`)
await time('long, level by level', async () => {
  let from = 'figure'
  for (const [n, unit] of units.entries()) {
    await run(`CREATE OR REPLACE TABLE l${n} AS SELECT code - code % ${unit} code, i, sum(v)::BIGINT v,
      ${n ? 'sum(n)::BIGINT' : 'count(v)'} n FROM ${from} GROUP BY 1, 2`)
    from = `l${n}`
  }
}, async () => row(`SELECT sum(v::HUGEINT * (code // 1000 % 1009 + i + 1))::VARCHAR,
    sum(n::HUGEINT * (code // 1000 % 1009 + i + 1))::VARCHAR
  FROM (${units.map((_, n) => `SELECT * FROM l${n}`).join(' UNION ALL ')})`))

// One changed value: the row, and its sums at the five levels again from the level below.
const [code] = await row('SELECT code FROM village WHERE id = 300000 % (SELECT count(*) FROM village)')
const here = BigInt(code)
await time('long, one value and its ancestors, one month', async () => {
  await run(`UPDATE figure SET v = 7 WHERE code = ${here} AND i = 3`)
  let from = 'figure'
  for (const [n, unit] of units.entries()) {
    const area = here - (here % BigInt(unit))
    const inside = `code BETWEEN ${area} AND ${area + BigInt(unit) - 1n} AND i = 3`
    await run(`UPDATE l${n} SET v = (SELECT sum(v) FROM ${from} WHERE ${inside}),
      n = (SELECT ${n ? 'sum(n)' : 'count(v)'} FROM ${from} WHERE ${inside}) WHERE code = ${area} AND i = 3`)
    from = `l${n}`
  }
})
