// A claim that waits in the demo county: the insurer surveys it and writes the loss sheet, the county follows a payment
// through the ledger, and a stranger learns nothing. The environment is that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { firstAccount, office, openBrowser, phone } from './browser.mjs'

const photo = fileURLToPath(new URL('../../src/delivery/demo/data/门前.jpg', import.meta.url))
let it, page, county

before(async () => {
  county = await firstAccount()
  it = await openBrowser()
  page = it.page
})
after(() => it?.close())

test('the insurer surveys a claim and writes down what was lost', async () => {
  await page.setViewportSize(office)
  await it.signIn('insurer')
  await it.open('/insurance?tab=claims&state=reported')
  await it.usable('insurance-claims')
  await page.locator('tbody a').first().click()
  await page.getByRole('button', { name: '查勘' }).waitFor()
  const { today } = await page.evaluate(async () => (await fetch('/api/meta')).json())
  const due = await page.locator('.page-head').getByText('前办理').innerText()
  assert.equal(due.includes('已逾期'), due.match(/\d{4}-\d\d-\d\d/)[0] < today)
  await page.locator('input[type=file]').setInputFiles(photo)
  await page.locator('.photos img').waitFor()
  await page.getByRole('button', { name: '登记损失' }).click()
  await page.getByLabel('添加农户').selectOption({ index: 1 })
  await page.getByLabel('损失率').fill('25')
  await page.getByRole('button', { name: '保存' }).click()
  await page.locator('#main tbody').getByText('25%').waitFor()
  await page.getByRole('button', { name: '查勘' }).click()
  await page.getByLabel('查勘员').fill('彭志刚')
  await page.getByLabel('协保员').fill('陈秀英')
  await page.getByLabel('原因').fill('道路中断')
  await page.getByRole('button', { name: '查勘' }).click()
  await page.locator('.page-head').getByText('已查勘').waitFor()
  await it.usable('insurance-claim')
  await page.setViewportSize(phone)
  await it.open(new URL(page.url()).pathname)
  await it.usable('insurance-claim-phone')
})

test('the county follows a payment from the ledger to its claim', async () => {
  await page.setViewportSize(office)
  await it.signIn(county.name)
  await it.open('/funds')
  await page.getByText('低于最低余额').waitFor()
  await it.usable('funds')
  await page.getByRole('link', { name: '川粮农业保险支公司' }).click()
  await page.getByRole('heading', { level: 1, name: '川粮农业保险支公司' }).waitFor()
  await it.usable('fund')
  await page.getByRole('link', { name: /^理赔 / }).first().click()
  await page.locator('.page-head').getByText('已结案').waitFor()
  const paid = await page.locator('.brief .large').last().innerText()
  assert.match(paid, /^[\d,]+\.\d\d$/)
})

test('a stranger learns nothing of a policy', async () => {
  await page.context().clearCookies()
  await page.setViewportSize(phone)
  await it.open('/public/insurance')
  await page.getByLabel('保单号').fill('PL5134312026000001')
  await page.getByLabel('联系电话').fill('13700137000')
  await page.getByRole('button', { name: '查询', exact: true }).click()
  await page.getByRole('alert').getByText('没有找到').waitFor()
  await it.usable('public-insurance')
})
