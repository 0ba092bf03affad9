// The bottom-line board opens lists as long as its figures; the county decides on the demo's flood and responds. The environment is
// that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { office, openBrowser, phone } from './browser.mjs'

let it, page

before(async () => {
  it = await openBrowser()
  page = it.page
  await page.setViewportSize(office)
  await it.signIn('leader')
})
after(() => it?.close())

const flood = () => page.getByRole('link', { name: '群体预警：因灾' }).first()

test('A figure of the board opens a list as long as it says, an area its own board', async () => {
  await it.open('/bottom-line')
  await it.usable('bottom-line')
  await page.getByText('数据统计于').waitFor()
  const figure = page.locator('tr.whole td.num a').nth(1)
  const said = Number((await figure.innerText()).replace(/\D/g, ''))
  await figure.click()
  await it.settled()
  assert.equal(Number((await page.locator('.pager').innerText()).match(/\d+/)[0]), said)
  await it.open('/bottom-line')
  const township = page.locator('tbody tr').nth(1).getByRole('link').first()
  const name = await township.innerText()
  await township.click()
  await page.locator('tr.whole', { hasText: name }).waitFor()
  await page.setViewportSize(phone)
  await it.usable('bottom-line-phone')
  await page.setViewportSize(office)
})

test('An alarm has as many households behind it as it says, is confirmed and answered', async () => {
  await it.open('/alarms')
  await it.usable('alarms')
  await flood().click()
  await it.settled()
  const said = Number((await page.locator('p.says').innerText()).match(/共 (\d+) 户/)[1])
  await page.getByRole('heading', { name: `涉及农户（${said} 户）` }).waitFor()
  assert.equal(await page.getByRole('table', { name: `涉及农户（${said} 户）` }).locator('tbody tr').count(), said)
  await it.usable('alarm')
  await page.getByRole('button', { name: '确认', exact: true }).click()
  await page.getByLabel('情况说明').fill('属实，启动响应')
  await page.getByRole('button', { name: '确认', exact: true }).click()
  await page.getByText('已确认，响应中').first().waitFor()
  await page.getByRole('button', { name: '落实响应措施' }).click()
  await page.getByLabel('措施内容').fill('安置受灾户，清淤消毒')
  await page.getByLabel('责任单位').fill('县应急管理局')
  await page.getByLabel('完成时限').fill('2099-12-31')
  await page.getByRole('button', { name: '落实响应措施' }).click()
  await page.getByRole('table', { name: '响应措施' }).getByText('县应急管理局').waitFor()
  await page.setViewportSize(phone)
  await it.usable('alarm-phone')
  await page.setViewportSize(office)
})

test('Prices stand beside the month that each is compared with', async () => {
  await it.open('/alarms?tab=prices')
  await page.getByRole('row', { name: /花椒/ }).first().waitFor()
  assert.match(await page.getByRole('row', { name: /花椒/ }).first().innerText(), /-25\.00/)
  await it.usable('prices')
})
