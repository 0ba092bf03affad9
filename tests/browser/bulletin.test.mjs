// An issue of the bulletin from a file to the page that everybody reads: imported by an editor, its figures checked and
// decided upon, reviewed by somebody else, published, read on a phone. The environment is that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { office, openBrowser, phone } from './browser.mjs'

const password = process.env.BALLAST_PASSWORD ?? 'ballast-demo'
const once = String(Date.now()).slice(-8)
const mine = `bulletin-${once}`
const [editor, reviewer] = [`editor${once}`, `reviewer${once}`]
const text = `头条要闻
四川凉山 | 建立防返贫监测机制
截至6月10日，全县共监测脱贫不稳定户1200户、边缘易致贫户800户，合计2100户。
责任编辑：陈某
`
let it, page, desk

before(async () => {
  it = await openBrowser()
  page = it.page
  await page.setViewportSize(office)
})
after(() => it?.close())

async function signIn(account, word) {
  await page.context().clearCookies()
  await it.open('/sign-in')
  await page.fill('#account', account)
  await page.fill('#password', word)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}
/** Somebody new changes the password that was given to them first of all. */
async function firstSignIn(account) {
  await signIn(account, mine)
  await page.waitForURL((url) => url.pathname === '/profile')
  await page.locator('input[autocomplete=current-password]').fill(mine)
  for (const again of await page.locator('input[autocomplete=new-password]').all()) await again.fill(password)
  await page.getByRole('button', { name: '更改密码' }).click()
  await page.waitForURL((url) => url.pathname !== '/profile')
}
const step = (name) => page.locator('.next').getByRole('button', { name, exact: true })

test('an administrator makes accounts for an editor and a reviewer', async () => {
  await signIn('admin', password)
  const made = await page.evaluate(async ([given, editor, reviewer]) => {
    const { csrf, user } = await (await fetch('/api/session')).json()
    const area = user.grants[0].area.code
    const one = (account, role) =>
      fetch('/api/users', { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-CSRF': csrf }, body: JSON.stringify({ account, name: account, password: given, grants: [{ role, area }] }) }).then((reply) => reply.status)
    return [await one(editor, 'editor'), await one(reviewer, 'editor_reviewer')]
  }, [mine, editor, reviewer])
  assert.deepEqual(made, [201, 201])
})

test('an editor imports an issue and checks its figures', async () => {
  await firstSignIn(editor)
  await it.open('/bulletin')
  await it.usable('bulletin')
  await page.setInputFiles('main input[type=file]', { name: 'issue.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await page.getByText('导入了 1 篇稿件').waitFor()
  await page.locator('.imported').getByRole('link', { name: '回到编辑台' }).click()
  await page.getByText('建立防返贫监测机制').first().waitFor()
  desk = new URL(page.url()).pathname
  await page.getByLabel('期号').fill('2021年第3期')
  await page.getByLabel('出刊日期').fill('2021-06-15')
  await page.getByRole('button', { name: '保存' }).click()
  await page.locator('h1', { hasText: '2021年第3期' }).waitFor()
  await step('开始编辑').click()
  await step('核查数字').click()
  await page.getByText('条待处理').first().waitFor()
  await it.usable('bulletin-desk')
})

test('what does not add up is beside the text, and somebody decides', async () => {
  await page.locator('.lane').getByRole('link', { name: '建立防返贫监测机制' }).click()
  const finding = page.locator('.finding').first()
  await finding.getByText('2100').first().waitFor()
  await finding.getByText('2000').first().waitFor()
  await it.usable('bulletin-article')
  for (;;) {
    const open = page.locator('.finding', { hasText: '未处理' })
    const left = await open.count()
    if (!left) break
    await open.first().getByRole('button', { name: '保留原文' }).click()
    await page.getByLabel('为什么保留原文').fill('原文件如此，已向供稿单位核实')
    await page.locator('.finding form').getByRole('button', { name: '保留原文' }).click()
    await page.waitForFunction((n) => [...document.querySelectorAll('.finding')].filter((one) => one.textContent.includes('未处理')).length < n, left)
  }
  await page.setViewportSize(phone)
  await it.usable('bulletin-article-phone')
  await page.setViewportSize(office)
})

test('somebody else reviews and publishes', async () => {
  await it.open(desk)
  await step('送审').click()
  await page.getByText('审核中').first().waitFor()
  assert.equal(await step('审核通过').count(), 0, 'nobody reviews what they edited')
  await firstSignIn(reviewer)
  await it.open(desk)
  await step('审核通过').click()
  await step('发布').click()
  await page.getByText('已发布').first().waitFor()
  await it.usable('bulletin-published')
  await it.open('/bulletin/archive?q=返贫')
  await page.getByRole('link', { name: /建立防返贫监测机制/ }).first().waitFor()
  await it.usable('bulletin-archive')
})

test('everybody reads it on a phone', async () => {
  await page.context().clearCookies()
  await page.setViewportSize(phone)
  await it.open('/public/bulletins')
  await it.usable('public-bulletins')
  await page.getByRole('link', { name: /2021年第3期/ }).first().click()
  await page.getByText('边缘易致贫户800户').waitFor()
  await it.usable('public-bulletin')
  assert.deepEqual(it.problems, [])
})
