// An issue of the bulletin from a file to the page that everybody reads: imported by an editor, its figures checked and
// decided upon, seen as pages, reviewed by somebody else, published, corrected, read on a phone. And an article out of the
// county's own figures, whose every number opens the list behind it. The environment is that of main_job.test.mjs, and
// the accounts are those of a demo county.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { office, openBrowser, phone } from './browser.mjs'

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

const step = (name) => page.locator('.next').getByRole('button', { name, exact: true })

test('an editor imports an issue and checks its figures', async () => {
  await it.signIn('editor')
  await it.open('/bulletin')
  await it.usable('bulletin')
  await page.setInputFiles('main input[type=file]', { name: 'issue.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  await page.getByText('导入了 1 篇稿件').waitFor()
  await page.locator('.imported').getByRole('link', { name: '回到编辑台' }).click()
  await page.getByText('建立防返贫监测机制').first().waitFor()
  desk = new URL(page.url()).pathname
  await page.getByLabel('期号').fill('2021年第3期')
  await page.getByLabel('期号').blur()
  await page.locator('h1', { hasText: '2021年第3期' }).waitFor()
  await page.getByLabel('出刊日期').fill('2021-06-15')
  await page.getByLabel('出刊日期').blur()
  await page.getByText('从文中推断').waitFor({ state: 'detached' })
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

test('the proof is seen as pages', async () => {
  await it.open(`${desk}/proof`)
  const first = page.locator('.pages img').first()
  await first.waitFor()
  await page.waitForFunction(() => document.querySelector('.pages img').naturalWidth > 500)
  await it.usable('bulletin-proof')
})

test('what is typed survives a reload before it was saved', async () => {
  await it.open(desk)
  await page.getByRole('button', { name: '新增稿件' }).click()
  await page.getByLabel('标题', { exact: true }).fill('还没保存就刷新')
  await page.reload()
  await page.getByText('已恢复上次没来得及保存的文字').waitFor()
  assert.equal(await page.getByLabel('标题', { exact: true }).inputValue(), '还没保存就刷新')
  await page.getByText('已保存').waitFor()
  await page.getByLabel('正文').fill('今年承保农户 80 户，理赔 12 笔。')
  await page.getByText('已保存').waitFor()
  await page.getByRole('button', { name: '建议栏目：产业发展' }).waitFor()
  await it.usable('bulletin-typing')
  await page.getByRole('button', { name: '撤下这篇稿件' }).click()
  await page.waitForURL((url) => url.pathname === desk)
})

test('somebody else reviews and publishes', async () => {
  await it.open(desk)
  await step('核查数字').click()
  await page.getByText('数字已核查').first().waitFor()
  await step('送审').click()
  await page.getByText('审核中').first().waitFor()
  assert.equal(await step('审核通过').count(), 0, 'nobody reviews what they edited')
  await it.signIn('reviewer')
  await it.open(desk)
  await step('审核通过').click()
  await step('发布').click()
  await page.getByText('已发布').first().waitFor()
  await it.usable('bulletin-published')
  await it.open('/bulletin/archive?q=返贫')
  await page.getByRole('link', { name: /建立防返贫监测机制/ }).first().waitFor()
  await it.usable('bulletin-archive')
})

test('what is published is corrected with a notice', async () => {
  await it.open(desk)
  await page.locator('.lane').getByRole('link', { name: '建立防返贫监测机制' }).click()
  await page.getByRole('button', { name: '更正', exact: true }).click()
  const body = page.getByLabel('改为')
  await body.fill((await body.inputValue()).replace('合计2100户', '合计2000户'))
  await page.getByLabel('更正说明').fill('合计户数排印有误，现予更正。')
  await it.usable('bulletin-correction')
  await page.getByRole('button', { name: '发布更正' }).click()
  await page.getByText('合计户数排印有误').first().waitFor()
  await it.usable('bulletin-corrected')
})

test('everybody reads it on a phone', async () => {
  await page.context().clearCookies()
  await page.setViewportSize(phone)
  await it.open('/public/bulletins')
  await it.usable('public-bulletins')
  await page.getByRole('link', { name: /2021年第3期/ }).first().click()
  await page.getByText('边缘易致贫户800户').waitFor()
  await page.getByText('合计户数排印有误').waitFor()
  await it.usable('public-bulletin')
  // What programs that preview a link ask for.
  const start = await (await page.request.get(page.url())).text()
  const picture = await page.request.get(/og:image" content="([^"]+)"/.exec(start)[1])
  assert.equal(picture.headers()['content-type'], 'image/png')
})

test('each number of an article out of the platform opens a list as long as it says', async () => {
  await page.setViewportSize(office)
  await it.signIn('county')
  await it.open('/bulletin')
  await page.getByRole('button', { name: '新开一期' }).click()
  await page.getByRole('link', { name: '用平台数据起草' }).click()
  await page.getByLabel('防返贫监测预警情况', { exact: true }).check()
  await page.getByLabel('农村卫生厕所情况', { exact: true }).check()
  await it.usable('bulletin-draft')
  await page.getByRole('button', { name: '起草稿件' }).click()
  const numbers = page.locator('.text a.traced')
  await numbers.first().waitFor()
  await it.usable('bulletin-drafted')
  const links = await numbers.evaluateAll((all) => all.map((one) => [one.textContent, one.getAttribute('href')]))
  assert.ok(links.length >= 2)
  for (const [words, path] of links.slice(0, 4)) {
    await it.open(path)
    const shown = await page.locator('h1 .number').textContent()
    assert.equal(shown.replace(/\D/g, ''), words.replace(/\D/g, ''))
    await page.getByText(`共 ${shown} 条`).waitFor()
  }
  await it.usable('bulletin-list')
  await page.setViewportSize(phone)
  await it.usable('bulletin-list-phone')
  assert.deepEqual(it.problems, [])
})
