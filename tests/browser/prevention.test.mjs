// Prevention cover: the village puts a computed case on display, the leader approves what hung long enough, the county pays it and follows
// the money into the fund; what befell the household is read in clear only for a purpose. The environment is that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { firstAccount, office, openBrowser, phone } from './browser.mjs'

let it, page, county, approved

before(async () => {
  county = await firstAccount()
  it = await openBrowser()
  page = it.page
})
after(() => it?.close())

const openFirst = async (state) => {
  await it.open(`/insurance?tab=prevention&state=${state}`)
  await page.locator('tbody a.number').first().click()
  await page.locator('.page-head').waitFor()
}

test('the village puts what was computed on display, without the reason', async () => {
  await page.setViewportSize(phone)
  await it.signIn('village')
  await it.open('/insurance?tab=prevention')
  await it.usable('prevention-phone')
  await openFirst('assessed')
  await page.getByRole('button', { name: '张榜公示' }).click()
  const notice = page.locator('blockquote')
  await notice.waitFor()
  const text = await notice.innerText()
  assert.match(text, /因家庭突发困难/)
  assert.doesNotMatch(text, /学费|住院|门诊/)
  await it.usable('prevention-case-phone')
})

test('the leader approves a case in which they have had no part', async () => {
  await page.setViewportSize(office)
  await it.signIn('leader')
  await openFirst('publicised')
  // The one that was put up just now still hangs; the other has hung long enough.
  if (await page.getByRole('button', { name: '审批同意' }).isDisabled()) {
    await it.open('/insurance?tab=prevention&state=publicised')
    await page.locator('tbody a.number').nth(1).click()
  }
  await page.getByRole('button', { name: '审批同意' }).click()
  await page.locator('.page-head').getByText('已审批').waitFor()
  approved = new URL(page.url()).pathname
})

test('the insurer sees whom a case waits for', async () => {
  await it.signIn('insurer')
  await it.open(approved)
  await page.getByText('等待县级办理：支付赔款。').waitFor()
})

test('the county sees each household that may be proposed once, by all that speaks for it', async () => {
  await it.signIn(county.name)
  await it.open('/insurance?tab=prevention')
  const table = page.getByRole('table', { name: '可以提名的农户' })
  const numbers = await table.locator('th .number').allInnerTexts()
  assert.ok(numbers.length > 1)
  assert.equal(new Set(numbers).size, numbers.length)
  await table.getByText('、').first().waitFor()
})

test('the county pays it, reads it in clear for a purpose, and finds the payment in the fund', async () => {
  await it.signIn(county.name)
  await it.open(approved)
  await page.getByText('***').first().waitFor()
  await page.getByRole('button', { name: '查看完整信息' }).click()
  await page.getByLabel('用途').fill('核对赔付')
  await page.getByRole('dialog').getByRole('button').last().click()
  await page.getByRole('button', { name: '遮盖' }).waitFor()
  await page.getByRole('button', { name: '支付赔款' }).click()
  await page.locator('.page-head').getByText('已赔付').waitFor()
  await it.usable('prevention-case')
  await it.open('/insurance?tab=prevention')
  await it.usable('prevention')
  await page.getByRole('link', { name: '基金账目' }).first().click()
  await page.getByRole('link', { name: /^防贫保案件 / }).first().click()
  await page.locator('.page-head').getByText('已赔付').waitFor()
})
