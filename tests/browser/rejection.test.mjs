// From a neighbour's report without an account, over every step, to a rejection with its reasons and the letter that
// tells them; then what the neighbour may know of it. The environment is that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { office, openBrowser, phone, photo, stepForm } from './browser.mjs'

const teller = { name: '沙马·尔且', phone: `138${String(Date.now()).slice(-8)}` }
const said = '他家去年卖了牛，今年日子难过'
const refused = '该户有稳定工资收入，住房和就医都有保障，不符合纳入条件'
let it, page, form, field, send, consent, household, receipt, path

before(async () => {
  it = await openBrowser()
  page = it.page
  ;({ form, field, send, consent } = stepForm(page))
})
after(() => it?.close())

const get = (address) => page.evaluate(async (of) => (await fetch(of)).json(), address)
const today = async () => (await get('/api/meta')).today
async function begin(step) {
  await page.locator('.next button', { hasText: step }).first().click()
  await form().waitFor()
}

test('a neighbour reports a household of the village', async () => {
  await page.setViewportSize(office)
  await it.signIn('village2')
  // A household of whom nothing is under way, with a name that nobody else bears.
  const homes = (await get('/api/registry/households?size=200')).items
  const known = new Set([...(await get('/api/clues?size=200')).items.map((one) => one.name), ...(await get('/api/cases?size=200')).items.map((one) => one.household.head_name)])
  household = homes.find((one) => one.warnings === 0 && !known.has(one.head_name) && homes.filter((other) => other.head_name === one.head_name).length === 1)
  assert.ok(household, 'a household to report')
  await page.context().clearCookies()
  await page.setViewportSize(phone)
  await it.open('/public/report')
  await page.getByLabel('邻居家').check()
  await page.getByLabel('这家人的姓名').fill(household.head_name)
  const township = (await page.getByLabel('乡镇').locator('option').allInnerTexts()).find((one) => household.village.path.endsWith(one))
  await page.getByLabel('乡镇').selectOption(township)
  await page.getByLabel('村、社区').selectOption(household.village.name)
  await page.getByLabel('哪方面的困难').selectOption({ index: 1 })
  await page.getByLabel('发生了什么').fill(said)
  await page.getByLabel('您的姓名').fill(teller.name)
  await page.getByLabel('您的电话').fill(teller.phone)
  await page.getByRole('button', { name: '提交申报' }).click()
  receipt = (await page.locator('.code').innerText()).replace(/\D/g, '')
  assert.match(receipt, /^\d{10}$/)
})

test('the county sends it to the household, the village looks and opens a case', async () => {
  await page.setViewportSize(office)
  await it.signIn('county')
  await it.open('/clues?state=new')
  await page.getByRole('link', { name: household.head_name }).first().click()
  await page.getByText(said).waitFor()
  await page.getByRole('button', { name: '对应到户' }).click()
  await page.locator('.candidates button').first().click()
  await page.getByRole('button', { name: '对应到户' }).click()
  await page.getByText('待核实').first().waitFor()
  const clue = new URL(page.url()).pathname
  await it.signIn('village2')
  await it.open(clue)
  await page.getByRole('button', { name: '开始核实' }).click()
  await page.getByRole('button', { name: '立案' }).click()
  await page.getByLabel('理由').fill('邻居反映，需入户核实')
  await page.getByRole('button', { name: '立案' }).click()
  await page.waitForURL(/\/cases\/\d+/)
  path = new URL(page.url()).pathname
})

test('the visit, the consent and the comparison', async () => {
  await begin('入户核实')
  await form().locator('.row').nth(1).getByLabel('姓名').fill('何志强')
  await form().locator('.row').nth(1).getByLabel('单位').selectOption('驻村工作队')
  for (const declared of await page.getByLabel('声明：无亲属、利害关系').all()) await declared.check()
  await form().getByLabel('金额').first().fill('86,000')
  for (const status of await page.locator('.rows.fixed select').all()) await status.selectOption('有保障')
  await field('情况说明').fill('卖牛属实；夫妻二人在外务工，按月领工资')
  await page.setInputFiles('.step-form input[type=file]', photo)
  await page.getByText('已保存 1 个').waitFor()
  await field('农户已签字').check()
  await field('入户人员已签字').check()
  await send()
  await begin('签承诺授权书')
  await consent(await today())
  await it.usable('consent')
  await send()
  await it.signIn('county')
  await it.open(path)
  await begin('部门信息比对')
  await it.usable('comparison')
  await send()
})

test('the village meeting turns it down, and the letter says why', async () => {
  await it.signIn('committee2')
  await it.open(path)
  await begin('民主评议')
  await field('评议日期').fill(await today())
  await field('地点').fill('村委会')
  await field('主持人').fill('马海')
  await field('记录人').fill('陈秀英')
  for (const [label, number] of [['应到代表', 30], ['实到', 25], ['赞成', 4], ['反对', 20], ['弃权', 1], ['到会亲属', 0]]) await field(label).fill(String(number))
  await field('表决前已宣读比对结果').check()
  await field('评议意见').fill(refused)
  await page.setInputFiles('.step-form input[type=file]', photo)
  await page.getByText('已保存 1 个').waitFor()
  await it.usable('meeting')
  await form().locator('button[type=submit]').click()
  await page.getByText('请写明理由；理由将书面告知农户').waitFor()
  await field('理由').fill(refused)
  await send()
  await page.getByText('评议未通过').first().waitFor()
  await it.usable('rejected')
  await page.getByText(refused).first().waitFor()
  const link = page.getByRole('link', { name: '不予纳入监测对象告知书' })
  const pdf = await page.evaluate(async (of) => (await (await fetch(of)).text()).slice(0, 5), await link.getAttribute('href'))
  assert.equal(pdf, '%PDF-')
})

test('the neighbour learns that it is decided, and not how', async () => {
  await page.context().clearCookies()
  await page.setViewportSize(phone)
  await it.open('/public/follow')
  await page.getByLabel('回执编号').fill(receipt)
  await page.getByLabel('您的电话').fill(teller.phone)
  await page.getByRole('button', { name: '查询', exact: true }).click()
  await page.getByText('已办理完毕，结果已书面告知这户人家').waitFor()
  assert.ok(!(await page.locator('main').innerText()).includes('不予'), 'how it was decided is the household\'s')
  await it.usable('public-follow-decided')
  assert.deepEqual(it.problems, [])
})
