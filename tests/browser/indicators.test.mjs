// The board leads down over the levels, the map beside it; a figure is entered by keys and kept while the server is away; somebody is
// named for an area and a finding has its owner. The environment is that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { office, openBrowser, phone } from './browser.mjs'

let it, page

before(async () => {
  it = await openBrowser()
  page = it.page
  await page.setViewportSize(office)
  await it.signIn('county')
})
after(() => it?.close())

test('The board and its map lead from the county to a village', async () => {
  await it.open('/indicators?indicator=household_employment')
  await it.usable('indicators-board')
  await it.open('/indicators?tab=map&indicator=household_employment')
  await page.getByRole('navigation', { name: '地图' }).getByRole('link').first().waitFor()
  await it.usable('indicators-map')
  const tiles = page.getByRole('navigation', { name: '地图' }).getByRole('link')
  assert.equal(await tiles.count(), await page.getByRole('table', { name: '下级情况' }).locator('tbody tr').count())
  const township = await tiles.first().locator('.name').innerText()
  await tiles.first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: '区划' }).getByText(township).waitFor()
  await page.setViewportSize(phone)
  await it.usable('indicators-map-phone')
  await page.setViewportSize(office)
})

test('Somebody is named for the county, replaced, ended, and remembered', async () => {
  await it.open('/indicators?tab=responsible')
  await it.usable('responsible')
  const row = page.getByRole('table', { name: '责任人' }).locator('tbody tr').first()
  for (const [act, name] of [['指定', '阿木'], ['更换', '沙马']]) {
    await row.getByRole('button', { name: act }).click()
    await row.getByLabel('姓名').fill(name)
    await row.getByLabel('职务').fill('县委书记')
    await row.getByRole('button', { name: '保存' }).click()
    await row.getByText(name).waitFor()
  }
  await page.getByRole('heading', { name: '历任责任人' }).waitFor()
  await it.open('/indicators')
  await page.getByRole('link', { name: '沙马 县委书记' }).click()
  await row.getByRole('button', { name: '结束' }).click()
  await row.getByText('未指定').waitFor()
  await page.setViewportSize(phone)
  await it.usable('responsible-phone')
  await page.setViewportSize(office)
})
