// One form: what the platform knows stands filled in and is counted, only the rest is typed; submitted, sent back, submitted
// again, accepted; what was asked once is not asked by the next form; paper and workbook; office and phone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base, office, openBrowser, password, phone } from './browser.mjs'

let it, page, village

async function signIn(name) {
  await page.context().clearCookies()
  await it.open('/sign-in')
  await page.fill('#account', name)
  await page.fill('#password', password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}
const formAt = (form) => it.open(`/indicators?tab=returns&form=${form}${village ? `&area=${village}` : ''}`)
const spared = async () => Number((await page.locator('[data-spared]').innerText()).match(/\d+/)[0])
async function fill(label, value) {
  const control = page.getByLabel(label, { exact: true })
  if ((await control.evaluate((one) => one.tagName)) === 'SELECT') await control.selectOption({ index: 1 })
  else await control.fill(value)
  await control.press('Tab')
  await page.locator('tr', { has: control }).getByText('已保存').waitFor()
}

before(async () => {
  it = await openBrowser()
  page = it.page
})
after(() => it?.close())

test('a village is asked only for what nobody knows', async () => {
  await signIn('village')
  village = await page.evaluate(async () => (await (await fetch('/api/session')).json()).user.grants[0].area.code)
  await formAt('village_basics')
  await it.usable('return-office')
  const known = await spared()
  assert.ok(known >= 10, `the register knows most of it: ${known}`)
  const asked = await page.locator('tr.todo').count()
  assert.ok(asked > 0 && asked < known, `${asked} to be asked`)
  assert.equal(await page.getByRole('button', { name: '上报' }).isDisabled(), true)
  for (const input of await page.locator('tr.todo').all().then((rows) => Promise.all(rows.map((row) => row.locator('th').innerText()))))
    await fill(input.trim(), input.includes('书记') ? '吉克阿木' : '3')
  await page.getByText('已填齐').waitFor()
  await page.getByRole('button', { name: '上报' }).click()
  await page.getByText('已上报，待接收').first().waitFor()
  await it.usable('return-submitted')
})

test('the next form does not ask again, and fits a phone', async () => {
  await page.setViewportSize(phone)
  await formAt('village_quarter')
  await it.usable('return-phone')
  assert.ok((await page.getByText('填过：村情基本情况表').count()) >= 3)
  await page.setViewportSize(office)
})

test('the township sends it back with a reason, and accepts it once mended', async () => {
  await signIn('township')
  await formAt('village_basics')
  await page.getByRole('button', { name: '退回' }).click()
  await page.getByLabel('退回原因').fill('卫生室请核实')
  await page.getByRole('button', { name: '退回' }).click()
  await page.getByText('卫生室请核实').waitFor()
  await signIn('village')
  await formAt('village_basics')
  await page.getByText('卫生室请核实').waitFor()
  await page.getByRole('button', { name: '上报' }).click()
  await page.getByText('已上报，待接收').first().waitFor()
  await signIn('township')
  await it.open('/indicators?tab=returns&form=village_basics')
  await it.usable('returns-list')
  await formAt('village_basics')
  await page.getByRole('button', { name: '接收' }).click()
  await page.getByText('已接收').first().waitFor()
})

test('it is printed and exported', async () => {
  const year = await page.evaluate(async () => (await (await fetch('/api/meta')).json()).today.slice(0, 4))
  const paper = await page.request.get(`${base}/api/returns/village_basics/paper?area=${village}&term=${year}`)
  assert.equal((await paper.body()).subarray(0, 5).toString(), '%PDF-')
  const sheet = await page.request.get(`${base}/api/returns/village_basics/sheet?area=${village}&term=${year}`)
  assert.equal((await sheet.body()).subarray(0, 2).toString(), 'PK')
  assert.deepEqual(it.problems, [])
})
