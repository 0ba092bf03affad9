// The board leads down over the levels, the map beside it; a figure is entered by keys and kept while the server is away; somebody is
// named for an area and a finding has its owner. The environment is that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base, office, openBrowser, phone } from './browser.mjs'

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

test('The first visit asks for nothing that its own page could bring, and nobody keeps that page', async () => {
  const already = it.asked.length
  const reply = await page.goto(`${base}/indicators`)
  await page.locator('table.data tbody strong').first().waitFor()
  const asked = it.asked.slice(already).map((address) => new URL(address).pathname)
  for (const address of ['/api/session', '/api/meta', '/api/indicators/board']) assert.ok(!asked.includes(address), `${address} was asked for`)
  assert.equal(reply.headers()['cache-control'], 'private, no-store')
  const stranger = await fetch(`${base}/indicators`)
  assert.equal(stranger.headers.get('cache-control'), 'no-cache')
  assert.ok(!(await stranger.text()).includes('id="ahead"'))
})

test('Somebody is named for the county, replaced, ended, and remembered', async () => {
  await it.open('/indicators?tab=responsible')
  await it.usable('responsible')
  const row = page.getByRole('table', { name: '责任人' }).locator('tbody tr').first()
  await row.getByRole('button', { name: '结束' }).click() // the one whom the demo names
  await row.getByText('未指定').waitFor()
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

test('A figure is entered by keys while the server is away, kept in the page, and sent when it answers', async () => {
  await it.open('/indicators?tab=entry&form=village_month')
  const cell = (line, column) => page.locator(`input[data-cell="${line}-${column}"]`)
  await cell(0, 0).waitFor()
  await page.route('**/api/indicators/forms/*/cell', (route) => route.abort())
  await cell(0, 0).fill('7')
  await page.keyboard.press('Enter') // the next row down, as in a spreadsheet
  assert.equal(await cell(1, 0).evaluate((input) => input === document.activeElement), true)
  await page.keyboard.type('5')
  await page.keyboard.press('ArrowUp')
  assert.equal(await cell(0, 0).evaluate((input) => input === document.activeElement), true)
  const note = page.getByRole('status').filter({ hasText: '2' })
  await note.waitFor()
  await it.usable('figures-offline')

  // A closed page costs nothing: what was typed stands there again, still waiting.
  await it.open('/indicators?tab=entry&form=village_month')
  await note.waitFor()
  assert.deepEqual([await cell(0, 0).inputValue(), await cell(1, 0).inputValue()], ['7', '5'])

  await page.unroute('**/api/indicators/forms/*/cell')
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await note.waitFor({ state: 'detached' })
  await it.open('/indicators?tab=entry&form=village_month')
  assert.deepEqual([await cell(0, 0).inputValue(), await cell(1, 0).inputValue()], ['7', '5'])
  assert.equal(await page.evaluate(() => Object.entries(localStorage).filter(([key, value]) => key.startsWith('ballast.figures.') && value !== '[]').length), 0)

  // The server's answer for one cell leaves alone what is being typed into the next.
  let answer
  const held = new Promise((resolve) => (answer = resolve))
  await page.route('**/api/indicators/forms/*/cell', (route) => held.then(() => route.continue()), { times: 1 })
  await cell(0, 1).fill('8')
  await page.keyboard.press('Tab')
  await page.keyboard.type('6')
  answer()
  await page.locator('td.saved').waitFor()
  assert.equal(await cell(0, 2).inputValue(), '6')
  await page.keyboard.press('Tab')
  await page.locator('td.saved').nth(1).waitFor()
  await page.setViewportSize(phone)
  await it.usable('figures-phone')
  await page.setViewportSize(office)
})

test('Figures that do not add up are found with an owner and a due date, as a sheet too, until somebody explains them', async () => {
  await it.open('/indicators?tab=responsible')
  await page.getByRole('table', { name: '责任人' }).locator('tbody tr').nth(1).getByRole('link').click()
  await page.waitForURL(/area=/)
  const township = new URL(page.url()).searchParams.get('area')
  await it.settled()
  const village = page.getByRole('table', { name: '责任人' }).locator('tbody tr').nth(1)
  const name = await village.locator('th').innerText()
  await village.getByRole('button', { name: '更换' }).click()
  await village.getByLabel('姓名').fill('吉克')
  await village.getByRole('button', { name: '保存' }).click()
  await village.getByText('吉克').waitFor()

  await it.open(`/indicators?tab=entry&form=village_month&area=${township}`)
  await page.getByRole('rowheader', { name, exact: true }).waitFor()
  for (const [column, value] of [[3, '9'], [4, '3'], [5, '4']]) {
    await page.locator(`input[data-cell="0-${column}"]`).fill(value)
    await page.keyboard.press('Tab')
  }
  await page.locator('td.saved').nth(2).waitFor()
  await it.open(`/indicators?tab=findings&area=${township}`)
  await page.getByRole('button', { name: '校验本月数据' }).click()
  const row = page.getByRole('table', { name: '校验' }).locator('tbody tr').filter({ hasText: '培训人次等于各类之和' }).filter({ hasText: name })
  await row.waitFor()
  assert.match(await row.innerText(), /9 人次\s+7\s[^]*吉克\s+\d{4}-\d\d-\d\d/)
  await it.usable('findings')
  await page.setViewportSize(phone)
  await it.usable('findings-phone')
  await page.setViewportSize(office)
  const [sheet] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 XLSX' }).click()])
  assert.match(sheet.suggestedFilename(), /^findings-.*\.xlsx$/)

  await row.getByRole('button', { name: '说明' }).click()
  await row.getByLabel('为什么数据无误').fill('两人参加了两类培训')
  await row.getByRole('button', { name: '保存' }).click()
  await row.waitFor({ state: 'detached' })
  await page.getByLabel('处理情况').selectOption('已说明')
  await row.getByText('两人参加了两类培训').waitFor()
  await it.usable('findings-explained')
})

test('The regulator\'s indicators say what they are divided from, over which list, and why there is no verdict', async () => {
  await it.open('/indicators')
  await page.getByRole('button', { name: '涉农信贷' }).click()
  const table = page.getByRole('table', { name: '涉农信贷' })
  const row = (id) => table.locator('tbody tr').filter({ has: page.getByText(id, { exact: true }) })
  await row('Q6B').waitFor()
  assert.equal(await table.locator('tbody tr').count(), 9)
  assert.match(await row('Q1A').innerText(), /✓ 达到[^]*期末余额减年初余额[^]*年初余额（同口径）[^]*辖区全部 1 县/)
  assert.match(await row('Q1B').innerText(), /口径有变：上年末报送时为 [\d.]+ 万元/)
  assert.match(await row('Q3').innerText(), /个百分点[^]*高于全省各项贷款增幅 [\d.]+%[^]*国家乡村振兴重点帮扶县 2021 版/)
  assert.match(await row('Q4').innerText(), /名单中没有本区划的县，不适用/)
  assert.match(await row('Q6B').innerText(), /◆ 未达到[^]*不高于 3%[^]*逾期余额/)
  await row('Q3').getByRole('button').click()
  await page.waitForURL(/indicator=q3/)
  await page.getByRole('heading', { name: /分县/ }).waitFor()
  await it.usable('credit')
  await page.setViewportSize(phone)
  await it.usable('credit-phone')
  await page.setViewportSize(office)
  const [sheet] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出 XLSX' }).click()])
  assert.match(sheet.suggestedFilename(), /^credit-513431-\d{4}-Q\d\.xlsx$/)

  // A quarter of which nobody has told anything says so, and leads to the form.
  const quarter = new URL(await page.getByRole('link', { name: '填报本季数据' }).getAttribute('href'), base).searchParams.get('term')
  await it.open(`/indicators?tab=credit&term=${Number(quarter.slice(0, 4)) - 3}-Q1`)
  await page.getByText('还没有县区填报').waitFor()
  assert.equal(await page.getByRole('button', { name: '导出 XLSX' }).count(), 0)
  await it.usable('credit-empty')
  await page.getByRole('link', { name: '填报本季数据' }).click()
  const form = page.getByRole('combobox', { name: '报表' })
  await form.waitFor()
  assert.equal(await form.inputValue(), 'credit_quarter')
})

test('A snapshot is frozen, recomputed, and pages through the list behind a figure', async () => {
  await it.open('/indicators?tab=published')
  await page.getByLabel('快照名称').fill('十一月')
  await page.getByRole('button', { name: '留存快照' }).click()
  await page.getByRole('button', { name: '复核' }).click()
  await page.getByText('复核无误').waitFor()
  await page.getByRole('link', { name: '在册农户', exact: true }).click()
  await page.locator('.pager').waitFor()
  await page.locator('.pager').getByText('2', { exact: true }).click()
  await page.waitForURL(/page=2/)
  await it.settled()
  await it.usable('snapshot')
})
