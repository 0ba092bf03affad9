// Policy staff try a threshold out on the whole register: who enters, by rule, with the list behind the number; on a desk and
// on a phone. The environment is that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { firstAccount, office, openBrowser, phone } from './browser.mjs'

let it, page

before(async () => {
  const county = await firstAccount()
  it = await openBrowser()
  page = it.page
  await it.signIn(county.name)
})
after(() => it?.close())

test('a lower threshold lets households in, and the number opens their list', async () => {
  await page.setViewportSize(office)
  await it.open('/rules')
  await it.usable('rules')
  await page.getByRole('link', { name: '防返贫筛查预警' }).click()
  await page.getByRole('heading', { level: 1, name: '防返贫筛查预警' }).waitFor()
  await it.usable('rule-set')
  await it.open('/rules/screening/what-if?try=hosp_limit_ex_poor:100000')
  const row = page.getByRole('table', { name: '按规则' }).locator('tr').filter({ hasText: 'R01' })
  await row.waitFor()
  const numbers = (await row.locator('td').allInnerTexts()).map(Number)
  const [was, is, entering, leaving] = numbers
  assert.ok(entering > 0, 'some households come in')
  assert.equal(leaving, 0)
  assert.equal(is, was + entering)
  await it.usable('what-if')
  await row.locator('td').nth(2).getByRole('button').click()
  const list = page.locator('.el-drawer tbody tr')
  await list.first().waitFor()
  assert.equal(await list.count(), Math.min(entering, 20))
  await it.usable('what-if-list')
})

test('the trial stays in the address and is readable on a phone', async () => {
  await page.setViewportSize(phone)
  await it.open('/rules/screening/what-if?try=hosp_limit_ex_poor:100000')
  await page.getByRole('table', { name: '按规则' }).waitFor()
  assert.equal(await page.locator('#main input').first().inputValue(), '1000')
  await it.usable('what-if-phone')
  await it.open('/rules/screening/back-test')
  await page.getByRole('table', { name: '按月' }).waitFor()
  await it.usable('back-test-phone')
  await it.open('/rules/screening?tab=tables')
  await it.usable('rule-set-tables-phone')
})
