// A township decides a proposal of the demo's matching; the figure that it moves opens its list. The environment is
// that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { office, openBrowser, phone } from './browser.mjs'

let it, page

before(async () => {
  it = await openBrowser()
  page = it.page
  await page.setViewportSize(office)
  await it.signIn('township')
})
after(() => it?.close())

const offered = () => page.locator('tr', { hasText: '推荐岗位率' }).getByRole('link')

test('A figure of employment opens a list as long as it says', async () => {
  await it.open('/employment')
  await it.usable('employment')
  const said = Number(await offered().last().innerText())
  await offered().last().click()
  await it.settled()
  // The list before may still stand there for a moment.
  await page.locator('.pager', { hasText: new RegExp(`^\\D*${said}\\D`) }).waitFor()
})

test('A proposal says why, is accepted, and places the person', async () => {
  await it.open('/employment')
  const before = Number(await offered().first().innerText())
  await it.open('/employment?tab=matching')
  await it.usable('employment-matching')
  const card = page.locator('article', { hasText: '待决定' }).filter({ hasNotText: '保洁员' }).first()
  const name = await card.locator('a strong').innerText()
  assert.match(await card.innerText(), /距离：/)
  await card.getByRole('button', { name: '接受' }).click()
  await page.getByRole('button', { name: '确认上岗' }).click()
  await page.locator('article', { hasText: name }).filter({ hasText: '已接受' }).first().waitFor()
  await page.getByRole('link', { name }).first().click()
  await it.settled()
  await page.getByRole('button', { name: '登记离岗' }).first().waitFor()
  await it.usable('employment-person')
  await it.open('/employment')
  assert.equal(Number(await offered().first().innerText()), before + 1)
})

test('A sheet of posts names its wrong rows, and is taken once they are right', async () => {
  await page.setViewportSize(phone)
  await it.open('/employment?tab=posts')
  await page.getByRole('button', { name: '导入' }).click()
  const sheet = (name) => page.locator('input[type=file]').setInputFiles(fileURLToPath(new URL(`../data/employment/${name}.csv`, import.meta.url)))
  const send = () => page.getByRole('button', { name: '导入', exact: true }).click()
  await sheet('岗位有误')
  await send()
  await page.getByText('第 4 行 “工种”的内容不认识').waitFor()
  await it.usable('employment-sheet')
  await it.signIn('county')
  await it.open('/employment?tab=posts&enter=sheet')
  await sheet('岗位')
  await send()
  await page.getByText('新增或更新 2 条').waitFor()
  await page.getByRole('button', { name: '返回' }).click()
  await page.getByText('缝纫工').first().waitFor()
  await it.signIn('township')
})

test('Who attended a class is entered there, and counted as one more person-time', async () => {
  await page.setViewportSize(office)
  await it.open('/employment?tab=classes')
  await page.locator('tbody .link').first().click()
  await page.getByRole('button', { name: '登记参加的人' }).waitFor()
  const attended = page.getByRole('table', { name: '参加的人' }).locator('tbody tr')
  const before = await attended.count()
  const there = await attended.locator('a').allInnerTexts()
  await page.getByRole('button', { name: '登记参加的人' }).click()
  const people = page.getByLabel('姓名')
  await people.locator('option').nth(1).waitFor({ state: 'attached' })
  const options = await people.locator('option').allInnerTexts()
  await people.selectOption({ index: options.findIndex((one, i) => i > 0 && !there.includes(one.split('（')[0])) })
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('请填').first().waitFor()
  await page.getByLabel('出勤天数').fill('3')
  await it.usable('employment-attendance')
  await page.getByRole('button', { name: '保存' }).click()
  await attended.nth(before).waitFor()
  assert.equal(await attended.count(), before + 1)
})

test('A village asks somebody who wants to learn for no wage, and who wants a post for one; a project has a name', async () => {
  const village = await openBrowser()
  const { page } = village
  try {
    await page.setViewportSize(phone)
    await village.signIn('village')
    await village.open('/employment')
    await page.getByRole('table', { name: '劳动力' }).getByRole('link').first().click()
    await village.settled()
    const form = page.locator('form.entry')
    const save = () => form.getByRole('button', { name: '保存' }).click()
    await page.getByRole('button', { name: /意愿/ }).first().click()
    await form.getByLabel('就业', { exact: true }).uncheck()
    await form.getByLabel('培训', { exact: true }).check()
    assert.equal(await form.getByLabel('期望月工资').count(), 0)
    await save()
    await form.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: '更改意愿' }).click()
    await form.getByLabel('就业', { exact: true }).check()
    await form.getByLabel('期望月工资').fill('')
    await save()
    await form.getByText('请填金额，最多两位小数').waitFor()
    await village.usable('employment-wish')
    await form.getByLabel('期望月工资').fill('3000')
    await save()
    await page.getByText('3,000.00').waitFor()
    await page.getByRole('button', { name: '登记创业项目' }).click()
    await save()
    await form.getByText('请填写名称（至少 2 个字）').waitFor()
    await form.getByLabel('创业项目').fill('黑山羊养殖')
    await save()
    await page.getByText('已选项目').waitFor()
    await village.usable('employment-startup')
    assert.deepEqual(village.problems, [])
  } finally {
    await village.close()
  }
})

test('Every list of employment is saved as a workbook', async () => {
  await page.setViewportSize(office)
  for (const [tab, file] of [['people', 'people-\\d+'], ['posts', 'posts'], ['work', 'placements'], ['classes', 'classes'], ['startups', 'startups'], ['matching', 'matching-\\d+']]) {
    await it.open(`/employment?tab=${tab}`)
    await it.usable(`employment-${tab}`)
    assert.match(await it.sheet(), new RegExp(`^employment-${file}(-\\d{4}-\\d\\d-\\d\\d)?\\.xlsx$`))
  }
})

test('On a phone matching, posts and classes fit the window', async () => {
  await page.setViewportSize(phone)
  for (const tab of ['people', 'matching', 'posts', 'work', 'classes', 'startups']) {
    await it.open(`/employment?tab=${tab}`)
    await it.usable(`employment-${tab}-phone`)
  }
  assert.deepEqual(it.problems, [])
})
