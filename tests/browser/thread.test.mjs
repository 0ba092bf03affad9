// The whole thread in a real browser, one household, each role in turn: a hospital's file raises a warning, the village
// visits, the meeting votes, the notice hangs for as long as the law says, and the county enrols it. The days between
// pass in the server alone (libfaketime), so this test serves the county itself.
//
//   BALLAST_PROGRAM   the program
//   BALLAST_COUNTY    a demo county that nobody serves
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'

const { BALLAST_PROGRAM: program, BALLAST_COUNTY: county } = process.env
const clock = spawnSync('faketime', ['-f', '+0', 'printenv', 'LD_PRELOAD'], { encoding: 'utf8' }).stdout?.trim()
assert.ok(clock, 'the package faketime lets days pass')

let server, it, page, form, field, send, attach, consent, household, clue, path
const port = String(20_000 + (process.pid % 20_000))
process.env.BALLAST_URL = `http://127.0.0.1:${port}`
const { office, openBrowser, phone, stepForm } = await import('./browser.mjs')

async function stop() {
  if (!server) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await ended
}

/** Serves the county so many days from now. */
async function serve(days) {
  await stop()
  const env = days === 0 ? process.env : { ...process.env, LD_PRELOAD: clock, FAKETIME: `+${days}d`, FAKETIME_DONT_FAKE_MONOTONIC: '1' }
  server = spawn(program, ['serve', '--data', county, '--port', port, '--json'], { stdio: ['ignore', 'pipe', 'inherit'], env })
  await new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).once('line', resolve)
    server.once('exit', (status) => reject(new Error(`the server ended with ${status}`)))
  })
}

before(async () => {
  await serve(0)
  it = await openBrowser()
  page = it.page
  ;({ form, field, send, attach, consent } = stepForm(page))
})
after(async () => {
  await it?.close()
  await stop()
})

const get = (address) => page.evaluate(async (of) => (await fetch(of)).json(), address)
const today = async () => (await get('/api/meta')).today
const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

async function begin(account, step) {
  await it.signIn(account)
  await it.open(path)
  await page.locator('.next button', { hasText: step }).first().click()
  await form().waitFor()
}

test('a hospital bill is sent by the bureau and raises a warning', async () => {
  await page.setViewportSize(office)
  await it.signIn('village2')
  const busy = new Set((await get('/api/cases?size=200')).items.map((one) => one.household.head_name))
  household = (await get('/api/registry/households?size=200')).items.find((one) => one.warnings === 0 && one.kind === 'ordinary' && !busy.has(one.head_name))
  assert.ok(household, 'a household of whom nothing is under way')
  const head = (await get(`/api/registry/households/${household.id}`)).members[0]
  await it.signIn('county')
  const number = await page.evaluate(async (id) => {
    const { csrf } = await (await fetch('/api/session')).json()
    const body = JSON.stringify({ field: 'id_number', purpose: '核对部门文件' })
    const reply = await fetch(`/api/registry/persons/${id}/reveal`, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF': csrf }, body })
    return (await reply.json()).value
  }, head.id)
  assert.match(number, /^\d{17}[\dX]$/)
  const month = new Date(Date.parse(`${(await today()).slice(0, 7)}-01`) - 1).toISOString().slice(0, 7)
  const file = join(dirname(county), `医保局_住院及门诊费用明细_513431_${month.replace('-', '')}_09.csv`)
  writeFileSync(file, `姓名,身份证号,就诊医院,医疗类别,入院日期,出院日期,诊断名称,总费用(元),个人自付(元)\n${head.name},${number},县医院,住院,${month}-03,${month}-19,骨折,32000,21900\n`)
  await it.signIn('medical')
  await it.open('/feeds/upload')
  await page.setInputFiles('input[type=file]', file)
  await page.locator('form.form button[type=submit]').click()
  await page.waitForURL(/\/feeds\/batches\/\d+/, { timeout: 120_000 })
  await page.locator('.strip').waitFor()
  assert.equal(await page.locator('.strip .figure strong').nth(1).innerText(), '1')
})

test('the village looks into it, visits on a phone, and the household agrees', async () => {
  await page.setViewportSize(phone)
  await it.signIn('village2')
  for (let tries = 0; tries < 60 && !clue; ++tries) {
    clue = (await get(`/api/clues?household=${household.id}`)).items[0]
    if (!clue) await page.waitForTimeout(500)
  }
  assert.equal(clue?.source.code, 'department_screening')
  await it.open(`/clues/${clue.id}`)
  await page.getByRole('button', { name: '开始核实' }).click()
  await page.getByRole('button', { name: '立案' }).click()
  await page.getByLabel('理由').fill('住院费用高，无法务工')
  await page.getByRole('button', { name: '立案' }).click()
  await page.waitForURL(/\/cases\/\d+/)
  path = new URL(page.url()).pathname

  await begin('village2', '入户核实')
  const second = form().locator('.row').nth(1)
  await second.getByLabel('姓名').fill('何志强')
  await second.getByLabel('单位').selectOption('驻村工作队')
  for (const declared of await page.getByLabel('声明：无亲属、利害关系').all()) await declared.check()
  await form().getByLabel('金额').first().fill('6,000')
  for (const status of await page.locator('.rows.fixed select').all()) await status.selectOption('有保障')
  await field('存在返贫致贫风险').check()
  await field('情况说明').fill('户主摔伤住院，暂时不能务工')
  await attach()
  await field('农户已签字').check()
  await field('入户人员已签字').check()
  await send()

  await begin('village2', '签承诺授权书')
  await consent(await today())
  await send()
  await page.setViewportSize(office)
  await begin('county', '部门信息比对')
  await send()
  await page.getByText('待评议').first().waitFor()
})

test('the meeting votes two days later, and the notice is posted', async () => {
  await serve(2)
  await begin('committee2', '民主评议')
  await field('评议日期').fill(await today())
  await field('地点').fill('村委会')
  await field('主持人').fill('马海')
  await field('记录人').fill('陈秀英')
  for (const [label, number] of [['应到代表', 30], ['实到', 25], ['赞成', 22], ['反对', 2], ['弃权', 1], ['到会亲属', 0]]) await field(label).fill(String(number))
  await field('表决前已宣读比对结果').check()
  await field('评议意见').fill('到会代表一致认为该户困难属实')
  await attach()
  await send()
  await page.setViewportSize(phone)
  await begin('committee2', '张贴公示')
  await field('电话').fill('0834-8321234')
  await attach()
  await it.usable('thread-posting')
  await send()
  assert.ok(await page.getByRole('button', { name: '撤下公示' }).isDisabled(), 'it may not come down yet')
})

test('it comes down when it has hung, and the county enrols the household', async () => {
  const { notice } = await get(`/api${path}`)
  await serve(2 + days(await today(), notice.next_step))
  await begin('committee2', '撤下公示')
  await attach()
  await send()
  await page.setViewportSize(office)
  await begin('township', '乡镇审核')
  await field('意见').fill('材料齐全，公示无异议，同意上报')
  await field('入户日期').fill(await today())
  await field('情况说明').fill('入户抽查属实')
  await page.getByLabel('声明：无亲属、利害关系').check()
  await send()
  await begin('leader', '县级审定')
  await field('意见').fill('同意纳入监测')
  await page.getByLabel('声明：无亲属、利害关系').check()
  await send()
  await begin('county', '录入标注')
  const helper = form().getByLabel('帮扶责任人')
  if (await helper.count()) await helper.fill('何志强')
  await send()
  await page.getByText('已纳入监测').first().waitFor()
  await it.usable('thread-enrolled')
  await page.locator('h1 a').click()
  await page.locator('.kind', { hasText: '监测户' }).waitFor()
  assert.equal((await get(`/api/warnings?household=${household.id}`)).total, 0, 'what began it has ended with it')
  assert.deepEqual(it.problems, [])
})
