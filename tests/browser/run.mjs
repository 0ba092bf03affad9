// Makes a small demo county with the program itself, and walks it in a browser: two lanes side by side, each on a copy of the county
// that its own server serves on a free port.
//
//   node run.mjs BALLAST [PICTURES]     the program; a folder to keep every screen in
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const [given, pictures] = process.argv.slice(2)
const program = resolve(given)
const folder = mkdtempSync(join(tmpdir(), 'ballast-demo-'))
const here = dirname(fileURLToPath(import.meta.url))
const running = new Set()

const lanes = [
  ['main_job', 'clues', 'cases', 'rejection', 'keyboard', 'evaluation'],
  ['bulletin', 'programmes', 'rules', 'insurance', 'insurance_index', 'prevention', 'employment', 'alarms', 'returns', 'indicators', 'tasks', 'loans', 'orders'],
]

/** Its exit and its report, kept until it ended so that the lanes' reports do not mix; what failed stands at the report's end. */
function test(names, env) {
  const files = names.map((name) => `${name}.test.mjs`)
  const tests = spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files], {
    cwd: here,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env, ...(pictures ? { BALLAST_SHOTS: pictures } : {}) },
  })
  running.add(tests)
  const printed = []
  for (const stream of [tests.stdout, tests.stderr]) stream.on('data', (bytes) => printed.push(bytes))
  return new Promise((resolve) =>
    tests.once('close', (status) => {
      running.delete(tests)
      resolve({ code: status ?? 1, report: Buffer.concat(printed) })
    }),
  )
}

async function serve(county) {
  const server = spawn(program, ['serve', '--data', county, '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(server)
  const log = []
  server.stderr.on('data', (bytes) => log.push(bytes))
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).once('line', (line) => resolve(JSON.parse(line).address))
    server.once('exit', (status) => reject(new Error(`the server ended with ${status}: ${Buffer.concat(log)}`)))
  })
  return { server, address, log }
}

async function stop(server) {
  running.delete(server)
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
}

/** A file that the county has not received yet: a bureau's last sheet without its last row, under another number. */
function unseen(county) {
  const feeds = join(county, 'samples', 'feeds')
  const sheet = readdirSync(feeds).filter((name) => name.startsWith('医保局_住院') && name.endsWith('.csv')).sort().at(-1)
  const bytes = readFileSync(join(feeds, sheet))
  const end = bytes.lastIndexOf(0x0a, bytes.length - 2) // a line end is one byte in UTF-8 and in GB18030 alike
  const sample = join(folder, sheet.replace('_01.csv', '_02.csv'))
  writeFileSync(sample, bytes.subarray(0, end + 1))
  return sample
}

async function walk(names, county, sample) {
  const { server, address, log } = await serve(county)
  const walked = await test(names, { BALLAST_URL: address, BALLAST_SAMPLE: sample })
  await stop(server)
  return walked.code === 0 ? walked : { ...walked, report: Buffer.concat([...log, walked.report]) }
}

/** What passed first, and a server's log only before what failed: the reader of a long log begins at its end. */
function told(walks) {
  for (const { report } of [...walks].sort((one, other) => one.code - other.code)) process.stdout.write(report)
  return walks.find(({ code }) => code !== 0)?.code ?? 0
}

let code = 1
try {
  const counties = lanes.map((_, lane) => join(folder, `county${lane}`))
  const made = spawnSync(program, ['demo', '--data', counties[0], '--people', '3000', '--seed', '1', '--no-serve'], { stdio: 'inherit' })
  if (made.status !== 0) throw new Error(`no demo county: exit ${made.status}`)
  for (const copy of counties.slice(1)) cpSync(counties[0], copy, { recursive: true })
  const sample = unseen(counties[0])
  code = told(await Promise.all(lanes.map((names, lane) => walk(names, counties[lane], sample))))
  code ||= told([await test(['thread'], { BALLAST_PROGRAM: program, BALLAST_COUNTY: counties[0] })])
} finally {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}
process.exit(code)
