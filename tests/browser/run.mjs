// Makes a small demo county with the program itself, serves it on a free port, and walks the main job in a browser.
//
//   node run.mjs BALLAST [PICTURES]     the program; a folder to keep every screen in
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const [program, pictures] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'ballast-demo-'))
const county = join(folder, 'county')
let server
let code = 1
const here = dirname(fileURLToPath(import.meta.url))

function run(files, env) {
  const tests = spawnSync(process.execPath, ['--test', '--test-concurrency=1', ...files], {
    cwd: here,
    stdio: 'inherit',
    env: { ...process.env, ...env, ...(pictures ? { BALLAST_SHOTS: pictures } : {}) },
  })
  return tests.status ?? 1
}

async function stop() {
  if (!server) return
  server.removeAllListeners('exit')
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
  server = undefined
}

try {
  const made = spawnSync(program, ['demo', '--data', county, '--people', '3000', '--seed', '1', '--no-serve'], { stdio: 'inherit' })
  if (made.status !== 0) throw new Error(`no demo county: exit ${made.status}`)

  // A file that the county has not received yet: a bureau's last sheet without its last row, under another number.
  const feeds = join(county, 'samples', 'feeds')
  const sheet = readdirSync(feeds).filter((name) => name.startsWith('医保局_住院') && name.endsWith('.csv')).sort().at(-1)
  const bytes = readFileSync(join(feeds, sheet))
  const end = bytes.lastIndexOf(0x0a, bytes.length - 2) // a line end is one byte in UTF-8 and in GB18030 alike
  const sample = join(folder, sheet.replace('_01.csv', '_02.csv'))
  writeFileSync(sample, bytes.subarray(0, end + 1))

  server = spawn(program, ['serve', '--data', county, '--port', '0', '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const address = await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).once('line', (line) => resolve(JSON.parse(line).address))
    server.once('exit', (status) => reject(new Error(`the server ended with ${status}`)))
  })
  code = run(['main_job.test.mjs', 'clues.test.mjs', 'cases.test.mjs', 'rejection.test.mjs', 'keyboard.test.mjs', 'bulletin.test.mjs', 'programmes.test.mjs', 'rules.test.mjs', 'insurance.test.mjs', 'insurance_index.test.mjs', 'prevention.test.mjs', 'employment.test.mjs', 'alarms.test.mjs', 'returns.test.mjs', 'indicators.test.mjs', 'tasks.test.mjs', 'loans.test.mjs'], { BALLAST_URL: address, BALLAST_SAMPLE: sample })
  await stop()
  code ||= run(['thread.test.mjs'], { BALLAST_PROGRAM: program, BALLAST_COUNTY: county })
} finally {
  await stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(code)
