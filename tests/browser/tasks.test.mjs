// One task: the county gives it, the township takes it on and hands it down, the village brings progress up; supervised, answered, done
// from below upwards; what is late stands with the area that was told; office and phone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { office, openBrowser, phone, photo } from './browser.mjs'

const title = '排查安置点排水沟'
let it, page, town, village, today, due
const inDays = (n) => new Date(Date.parse(today) + n * 86_400_000).toISOString().slice(0, 10)
const homeOf = (account) => it.signIn(account).then(() => page.evaluate(async () => (await (await fetch('/api/session')).json()).user.grants[0].area))
const button = (name) => page.getByRole('button', { name, exact: true })
const state = (said) => page.locator('.page-head .tag').getByText(said, { exact: true }).waitFor()
const progress = (percent) => page.locator('dl.brief').getByText(`${percent}%`, { exact: true }).waitFor()

/** The page of the task as somebody's, found in their list. */
async function asks(account, view = 'mine', of = 'all') {
  await it.signIn(account)
  await it.open(`/tasks?view=${view}&state=${of}`)
  await page.getByRole('link', { name: title }).first().click()
  await page.locator('h1', { hasText: title }).waitFor()
  await it.settled()
}
/** A step that asks for something: opened, filled, sent. */
async function step(name, fields) {
  await button(name).click()
  for (const [label, value] of Object.entries(fields)) await page.locator('form.entry').getByLabel(label).fill(value)
  await page.locator('form.entry').getByRole('button', { name, exact: true }).click()
  await page.locator('form.entry').waitFor({ state: 'detached' })
}

before(async () => {
  it = await openBrowser()
  page = it.page
  village = await homeOf('village')
  town = await homeOf('township')
  today = await page.evaluate(async () => (await (await fetch('/api/meta')).json()).today)
  due = inDays(20)
})
after(() => it?.close())

test('the county gives a task to a township', async () => {
  await it.signIn('county')
  await it.open('/tasks')
  await button('交办任务').click()
  await page.getByLabel('任务名称').fill(title)
  await page.getByLabel('任务内容').fill('逐条查看安置点排水沟，堵塞的本月内疏通。')
  await page.getByLabel('办结时限').fill(due)
  await page.locator('.choices').getByLabel(town.name, { exact: true }).check()
  await it.usable('task-give')
  await page.locator('form.entry').getByRole('button', { name: '交办任务' }).click()
  await page.getByRole('link', { name: title }).waitFor()
  assert.equal(await page.getByLabel('范围').inputValue(), 'given')
  await it.usable('tasks-given')
  assert.match(await it.sheet(), /^tasks-\d{4}-\d\d-\d\d\.xlsx$/)
})

test('the township receives it and hands it down, due no later', async () => {
  await asks('township')
  await state('待签收')
  await button('签收').click()
  await state('办理中')
  await button('分解到下级').click()
  assert.equal(await page.getByLabel('办结时限').getAttribute('max'), due)
  await page.locator('.choices').getByLabel(village.name, { exact: true }).check()
  await page.locator('form.entry').getByRole('button', { name: '分解到下级' }).click()
  await page.getByText('分解 0/1 已办结').first().waitFor()
  assert.equal(await button('报进度').count(), 0, 'progress is that of its parts, not typed')
  await it.usable('task-divided')
})

test('the village reports progress on a phone, and it comes up', async () => {
  await page.setViewportSize(phone)
  await asks('village')
  await button('签收').click()
  await state('办理中')
  await button('报进度').click()
  await it.usable('task-progress-phone')
  await button('返回').click()
  await button('报进度').click()
  await page.locator('form.entry').getByLabel('进度').fill('60')
  await page.locator('form.entry').getByLabel('进展说明').fill('已看 3 条，疏通 2 条')
  await page.locator('form.entry input[type=file]').setInputFiles(photo)
  await page.getByText('请先填拍摄地点').waitFor()
  assert.equal(await page.locator('form.entry').getByRole('button', { name: '报进度' }).isDisabled(), true, 'a photo has a place')
  await it.usable('task-photo-phone')
  await page.locator('form.entry').getByLabel('拍摄地点').fill('安置点 2 号沟')
  await page.locator('form.entry').getByRole('button', { name: '报进度', exact: true }).click()
  await page.locator('form.entry').waitFor({ state: 'detached' })
  await progress(60)
  const picture = page.getByRole('img', { name: '照片：安置点 2 号沟' })
  await picture.waitFor()
  assert.ok(await picture.evaluate((it) => it.decode().then(() => it.naturalWidth > 0)), 'the photo is shown')
  await it.usable('task-phone')
  await page.setViewportSize(office)
  await asks('county', 'given')
  await progress(60)
})

test('the county supervises, the township answers by the day', async () => {
  await step('督办', { 回复期限: inDays(3), 督办理由: '汛期将至，请说明剩下的何时疏通' })
  await page.getByText(`回复期限 ${inDays(3)}`).first().waitFor()
  await it.usable('task-supervised')
  await asks('township', 'mine', 'supervised')
  await step('回复督办', { 回复: '剩下 1 条本周五前疏通' })
  await page.getByText('剩下 1 条本周五前疏通').waitFor()
  assert.equal(await page.locator('dl.brief').getByText('回复期限').count(), 0, 'it stands until its reply')
})

test('it is done from below upwards', async () => {
  assert.equal(await button('报办结').isDisabled(), true, 'a part is open')
  await asks('village')
  await step('报办结', { 完成情况: '3 条都已疏通', 佐证材料: '村台账第 12 页' })
  await state('待确认')
  await it.signIn('township')
  await it.open('/tasks?view=given&state=reported')
  await page.getByRole('link', { name: title }).first().click()
  await it.settled()
  await button('确认办结').click()
  await state('已办结')
  await asks('township')
  await progress(100)
})

test('what is late is told upwards and stands on its page', async () => {
  await it.signIn('county')
  await it.open('/tasks?view=all&state=overdue')
  await page.locator('tbody tr').filter({ hasText: '已报' }).first().getByRole('link').click()
  await it.settled()
  await page.getByText('逾期上报').first().waitFor()
  await it.usable('task-late')
  assert.deepEqual(it.problems, [])
})
