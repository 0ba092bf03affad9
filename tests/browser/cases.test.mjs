// Cases as each who has a hand in them sees them, from the visit to the enrolment, in a real browser. The demo county
// has a case in every state; a step is taken in each.  The environment is that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base, office, openBrowser, phone, photo, stepForm } from './browser.mjs'

let it, page, field, send

before(async () => {
  it = await openBrowser()
  page = it.page
  ;({ field, send } = stepForm(page))
})
after(() => it?.close())

/** Opens the form of the first case that waits for this step of mine. */
async function begin(step) {
  await it.open('/work')
  await page.locator('table.data tbody tr a.act', { hasText: step }).first().click()
  await page.locator('.step-form').waitFor()
}

test('a village officer visits a household, on a phone', async () => {
  await page.setViewportSize(phone)
  await it.signIn('village')
  await it.open('/work')
  await it.usable('work-phone')
  await begin('入户核实')
  await it.usable('visit-phone')
  await page.locator('.step-form button[type=submit]').click()
  await page.getByText('请填写。').first().waitFor()
  const people = page.locator('.step-form .row')
  await people.nth(1).getByLabel('姓名').fill('何志强')
  await people.nth(1).getByLabel('单位').selectOption('驻村工作队')
  for (const declared of await page.getByLabel('声明：无亲属、利害关系').all()) await declared.check()
  await page.locator('.step-form').getByLabel('金额').first().fill('9,600.50')
  for (const status of await page.locator('.rows.fixed select').all()) await status.selectOption('有保障')
  await field('存在返贫致贫风险').check()
  await field('情况说明').fill('户主摔伤，暂时不能务工')
  await page.setInputFiles('.step-form input[type=file]', photo)
  await page.getByText('已保存 1 个').waitFor()
  await field('农户已签字').check()
  await field('入户人员已签字').check()
  await send()
  await page.getByText('待授权').first().waitFor()
  await it.usable('case-phone')
})

test('the village committee sees what waits for it, and what a notice must still hang', async () => {
  await page.setViewportSize(office)
  await it.signIn('committee')
  await it.open('/work')
  assert.ok((await page.locator('table.data tbody tr').count()) > 0, 'something waits')
  await it.usable('work')
  await it.signIn('county')
  await it.open('/cases?state=publicised')
  await it.usable('cases')
  await page.locator('table.data tbody tr th a').first().click()
  await page.getByText(/张贴，公示至 \d{4}-\d{2}-\d{2}/).waitFor()
  await it.usable('case-on-notice')
})

test('the township reviews what has hung long enough', async () => {
  await it.signIn('township')
  await begin('乡镇审核')
  await field('意见').fill('材料齐全，公示无异议，同意上报')
  await field('入户日期').fill(await page.evaluate(() => fetch('/api/meta').then((reply) => reply.json()).then((meta) => meta.today)))
  await field('情况说明').fill('入户抽查属实')
  await page.getByLabel('声明：无亲属、利害关系').check()
  await it.usable('township-review')
  await send()
  await page.getByText('待县级审定').first().waitFor()
})

let enrolled
test('the county leader approves, and says why it is late when it is', async () => {
  await it.signIn('leader')
  await begin('县级审定')
  await field('意见').fill('同意纳入监测')
  const late = page.locator('.step-form').getByLabel('超期理由')
  if (await late.count()) await late.fill('等待部门反馈')
  await page.getByLabel('声明：无亲属、利害关系').check()
  await it.usable('approval')
  await send()
  await page.getByText('待录入').first().waitFor()
  enrolled = new URL(page.url()).pathname
})

test('the county enrols it, and the register says so', async () => {
  await it.signIn('county')
  await it.open(enrolled)
  await page.locator('.next button', { hasText: '录入标注' }).click()
  await page.locator('.step-form').waitFor()
  const helper = page.locator('.step-form').getByLabel('帮扶责任人')
  if (await helper.count()) await helper.fill('何志强')
  await send()
  await page.getByText('已纳入监测').first().waitFor()
  await it.usable('enrolled')
  await page.locator('h1 a').click()
  await page.locator('.kind', { hasText: '监测户' }).waitFor()
})

test('anybody reads what hangs in the village, and objects without a name', async () => {
  await page.context().clearCookies()
  await page.setViewportSize(phone)
  await it.open('/public/notices')
  await it.usable('public-notices')
  await page.getByRole('button', { name: '提出异议' }).first().click()
  await page.getByLabel('内容').fill('听说他家有存款')
  await page.locator('form.object button[type=submit]').click()
  await page.getByText('异议已收到').waitFor()
  assert.ok(page.url().startsWith(base))
})
