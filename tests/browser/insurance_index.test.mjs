// A season of snow that waits in the demo county: the insurer looks at what it was made from and finds a fault in a
// file, the county checks it, and a put is valued. The environment is that of main_job.test.mjs.
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

const file = (rows) => ({ name: '降雪.csv', mimeType: 'text/csv', buffer: Buffer.from(`日期,数值\n${rows}`) })

test('an insurer sees the seasons, and which row of a file is wrong', async () => {
  await page.setViewportSize(office)
  await it.signIn('insurer')
  await it.open('/insurance?tab=seasons')
  await page.getByRole('heading', { name: '数据序列' }).waitFor()
  await page.getByText('已赔付').waitFor()
  await page.getByLabel('产品').selectOption({ label: '牦牛降雪气象指数保险' })
  await page.getByText('赔付年数').waitFor()
  await it.usable('insurance-seasons')
  await page.getByRole('button', { name: '上传序列' }).click()
  await page.getByLabel('站号/代码').fill('56137')
  await page.getByLabel('数据来源').fill('气象证明')
  await page.locator('input[type=file]').setInputFiles(file('2020-07-01,1\n2020-07-01,2\n2020-07-02,9999\n'))
  await page.getByRole('button', { name: '上传序列' }).click()
  await page.getByText('有 2 处问题').waitFor()
  await page.getByText('第 4 行').waitFor()
  await it.usable('insurance-series-refused')
  await it.open('/insurance?tab=seasons')
  await page.getByRole('link', { name: '56137' }).click()
  await page.getByText('演示数据，不是观测记录').waitFor()
  await it.usable('insurance-series')
})

test('the county looks at a settlement and checks it', async () => {
  await it.signIn(county.name)
  await it.open('/insurance?tab=seasons')
  await page.locator('tr', { hasText: '草拟' }).getByRole('link').click()
  await page.getByText('达到此档').waitFor()
  const payable = await page.locator('.brief').first().locator('.large').last().innerText()
  assert.match(payable, /^[\d,]+\.\d\d$/)
  assert.equal(await page.locator('tr.total td').last().innerText(), payable)
  await it.usable('insurance-settlement')
  await page.getByRole('button', { name: '审核通过' }).click()
  await page.locator('.page-head').getByText('已审核').waitFor()
  await page.setViewportSize(phone)
  await it.open(new URL(page.url()).pathname)
  await page.getByText('达到此档').waitFor()
  await it.usable('insurance-settlement-phone')
})

test('a put is valued by two methods', async () => {
  await page.setViewportSize(office)
  await it.open('/insurance/valuation')
  await page.getByRole('button', { name: '估值' }).click()
  await page.getByText('蒙特卡罗', { exact: true }).waitFor()
  await page.getByText('±').waitFor()
  await it.usable('insurance-valuation')
})
