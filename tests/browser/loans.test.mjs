// A loan that waits in the demo county: the bank decides and does not pay out by itself, the county follows a compensation
// into the fund, the village applies for a household. The environment is that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { firstAccount, office, openBrowser, phone } from './browser.mjs'

let it, page, county

before(async () => {
  county = await firstAccount()
  it = await openBrowser()
  page = it.page
})
after(() => it?.close())

test('the bank decides on a loan, and another of the bank has to pay it out', async () => {
  await page.setViewportSize(office)
  await it.signIn('bank')
  await it.open('/loans?state=recommended')
  await it.usable('loans')
  await page.locator('tbody a').first().click()
  await page.getByRole('button', { name: '批准' }).click()
  await page.getByLabel('还款方式').selectOption('interest_only')
  await it.usable('loan-approve')
  await page.getByRole('button', { name: '批准' }).click()
  await page.locator('.page-head').getByText('银行已批准').waitFor()
  assert.ok(await page.getByRole('button', { name: '签约放款' }).isDisabled())
  await page.getByText('须由另一人办理').waitFor()
  await it.usable('loan')
  await page.setViewportSize(phone)
  await it.open(new URL(page.url()).pathname)
  await it.usable('loan-phone')
})

test('the bank takes a payment of what is overdue', async () => {
  await page.setViewportSize(office)
  await it.open('/loans?overdue=true')
  await page.locator('tbody a').first().click()
  await page.getByRole('button', { name: '登记还款' }).click()
  await page.getByRole('button', { name: '登记还款' }).click() // what is due stands in the form
  await page.locator('.page-head').getByText('已结清').waitFor()
})

test('the county follows a compensation from the loan into the fund', async () => {
  await it.signIn(county.name)
  await it.open('/loans?tab=portfolio')
  await page.getByText('熔断').last().waitFor()
  await it.usable('loans-portfolio')
  await it.open('/loans?state=claimed')
  await page.locator('tbody a').first().click()
  await page.getByText('34,125.00').waitFor()
  await it.usable('loan-claimed')
  await it.open('/funds')
  await page.getByRole('link', { name: '政银保风险共担基金' }).click()
  await page.getByRole('link', { name: /^贷款 / }).first().waitFor()
  await page.getByText('−9,750.00').waitFor()
  const saving = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出 XLSX' }).click()
  assert.match((await saving).suggestedFilename(), /^fund-\d+-\d{4}-\d\d-\d\d\.xlsx$/)
  await it.open('/loans?tab=county')
  await it.usable('loans-county')
})

test('the village is told of a household at risk whose loan matures soon, and the bank is not', async () => {
  await page.setViewportSize(office)
  await it.signIn('village')
  await it.open('/work')
  const block = page.getByRole('region', { name: '有风险农户的贷款即将到期' })
  await block.getByText('有风险，12 天后到期').waitFor()
  await it.usable('work-maturing')
  await block.getByRole('link', { name: '全部 1 笔' }).click()
  await page.getByText('共 1 笔').waitFor()
  assert.ok(await page.getByLabel('只看有风险且即将到期').isChecked())
  await it.usable('loans-maturing')
  await page.setViewportSize(phone)
  await it.open('/loans?matures_soon=true')
  await it.usable('loans-maturing-phone')
  await page.locator('tbody a').first().click()
  await page.locator('.page-head').getByText('有风险，12 天后到期').waitFor()
  const loan = new URL(page.url()).pathname
  await page.setViewportSize(office)
  await it.signIn('bank')
  await it.open(loan)
  assert.equal(await page.getByText('有风险').count(), 0, 'a bank is not told')
  await it.open('/loans')
  assert.equal(await page.getByLabel('只看有风险且即将到期').count(), 0)
})

test('the village applies for a household from its page', async () => {
  await it.signIn('village')
  await it.open('/loans')
  await page.locator('tbody a').first().click()
  await page.getByRole('link', { name: '农户', exact: true }).click()
  await page.locator('#loans').getByRole('button', { name: '申请贷款' }).click()
  await page.locator('#loans').getByLabel('项目').selectOption('startup_support')
  await it.usable('loan-apply')
})

test('the leader reverses what was entered wrongly into a fund, with a day and a reason', async () => {
  await page.setViewportSize(office)
  await it.signIn('leader')
  await it.open('/funds')
  await page.getByRole('link', { name: '防贫保障基金' }).click()
  const paid = page.getByRole('table', { name: '明细' }).locator('tr', { hasText: '支付' }).filter({ hasText: '268,000.00' })
  await paid.getByRole('button', { name: /^冲正/ }).click()
  const form = page.locator('form.entry')
  const send = form.getByRole('button', { name: '冲正' })
  await send.click()
  await form.getByText('请说明为什么冲正').waitFor()
  await it.usable('fund-reversal')
  await form.getByLabel('日期').fill(new Date().toISOString().slice(0, 10))
  await form.getByLabel('冲正原因').fill('重复入账')
  await send.click()
  await page.getByRole('table', { name: '明细' }).locator('.tag', { hasText: '冲正' }).waitFor()
  assert.equal(await paid.first().getByRole('button', { name: /^冲正/ }).count(), 0, 'nothing is reversed twice')
  await page.getByRole('button', { name: '拨付' }).click()
  await it.usable('fund-appropriation')
})
