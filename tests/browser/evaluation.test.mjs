// The evaluation of an insurer: the county enters a figure with its evidence, the insurer one of its own, a year that was closed stands,
// and is opened again with a reason only; a station is set up and the coverage follows.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { firstAccount, office, openBrowser, phone } from './browser.mjs'

let it, page, county, evaluated
const year = new Date().getFullYear()

before(async () => {
  county = await firstAccount()
  it = await openBrowser()
  page = it.page
})
after(() => it?.close())

const row = (name) => page.getByRole('table', { name: '考核指标' }).getByRole('row', { name })

test('the county sees each insurer with its rates, and enters what is missing', async () => {
  await page.setViewportSize(office)
  await it.signIn(county.name)
  await it.open('/insurance?tab=evaluations')
  const table = page.getByRole('table', { name: '机构考核' })
  await table.waitFor()
  await table.getByText('还缺 1 项').waitFor()
  await it.usable('evaluations')
  await table.getByRole('link').first().click()
  await page.getByRole('heading', { level: 1, name: new RegExp(`${year} 年考核`) }).waitFor()
  evaluated = new URL(page.url()).pathname
  assert.ok(await page.getByRole('button', { name: '结算本年考核' }).isDisabled())
  await page.getByText('还有 1 项指标待填').waitFor()
  await row(/公示到位率/).getByRole('button', { name: '更正' }).click()
  await page.getByLabel('公示到位件数').fill('61')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('分子大于分母').waitFor()
  await page.getByLabel('公示到位件数').fill('57')
  await page.getByLabel('依据').fill('县乡抽查表第二批')
  await page.getByRole('button', { name: '保存' }).click()
  await row(/公示到位率/).getByText('95.0000%').waitFor()
  await row(/公示到位率/).getByText('县乡抽查表第二批').waitFor()
  await it.usable('evaluation')
})

test('the insurer enters its complaints and nothing that it may not say of itself', async () => {
  await it.signIn('insurer')
  await it.open(evaluated)
  await row(/投诉按期办结率/).waitFor()
  assert.equal(await row(/农户满意度/).getByRole('button').count(), 0)
  await row(/投诉按期办结率/).getByRole('button', { name: '填报' }).click()
  await page.getByLabel('按期办结件数').fill('9')
  await page.getByLabel('受理件数').fill('10')
  await page.getByLabel('依据').fill('投诉台账')
  await page.getByRole('button', { name: '保存' }).click()
  await row(/投诉按期办结率/).getByText('90.0000%').waitFor()
  await row(/投诉按期办结率/).getByText('保险机构填报').waitFor()
  await page.setViewportSize(phone)
  await it.usable('evaluation-phone')
})

test('a closed year keeps its figures; it is opened again with a reason, and closed anew', async () => {
  await page.setViewportSize(office)
  await it.signIn(county.name)
  await it.open(evaluated.replace(/\d{4}$/, String(year - 1)))
  await page.locator('.page-head').getByText('已结算').waitFor()
  assert.equal(await page.getByRole('button', { name: '更正' }).count(), 0)
  const total = await page.locator('.brief .large').first().innerText()
  await page.getByRole('button', { name: '重新打开' }).click()
  await page.getByLabel('原因').fill('补录一件查勘')
  await page.getByRole('button', { name: '重新打开' }).click()
  await row(/及时查勘率/).getByRole('button', { name: '更正' }).click()
  await page.getByLabel('平台以外按期查勘件数').fill('439')
  await page.getByRole('button', { name: '保存' }).click()
  await row(/及时查勘率/).getByText('439').waitFor()
  await page.getByRole('button', { name: '结算本年考核' }).click()
  await page.locator('.page-head').getByText('已结算').waitFor()
  const closings = page.locator('section', { has: page.getByRole('heading', { name: '历次结算' }) }).getByRole('listitem')
  assert.equal(await closings.count(), 2)
  assert.match(await closings.nth(1).innerText(), new RegExp(total.replace('.', '\\.')))
  await page.getByText('补录一件查勘').waitFor()
  await it.usable('evaluation-closed')
})

test('a station is set up, and the coverage follows', async () => {
  await it.signIn('insurer')
  await it.open(evaluated)
  await row(/乡镇服务站覆盖率/).getByRole('link', { name: '查看网点' }).click()
  // Both pages have large figures: read those of the network.
  await page.getByRole('heading', { level: 1, name: /服务网点/ }).waitFor()
  const coverage = page.locator('.brief .large').first()
  const before = Number((await coverage.innerText()).split('/')[0])
  const form = page.getByRole('table', { name: '各乡镇' }).locator('form').first()
  await form.getByRole('textbox').fill('吉克·阿依')
  await form.getByRole('button', { name: '设站' }).click()
  await page.getByText('吉克·阿依').waitFor()
  assert.equal(Number((await coverage.innerText()).split('/')[0]), before + 1)
  await page.getByRole('table', { name: '各乡镇' }).getByRole('button').first().click()
  await page.getByRole('heading', { name: /各村/ }).waitFor()
  await it.usable('network')
  await page.setViewportSize(phone)
  await it.usable('network-phone')
  await page.setViewportSize(office)
  await page.getByRole('button', { name: '从表格导入服务网点' }).click()
  await page.locator('input[type=file]').setInputFiles(fileURLToPath(new URL('../data/insurance/服务网点_有误.csv', import.meta.url)))
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.getByText('第 3 行 与第 2 行是同一个地方').waitFor()
  await it.usable('network-sheet')
  await page.getByRole('button', { name: '返回' }).click()
  assert.equal(Number((await coverage.innerText()).split('/')[0]), before + 1)
})
