// From a neighbour's report without an account to a clue that is closed with a reason, in a real browser.
// The environment is that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base, firstAccount, office, openBrowser, phone } from './browser.mjs'

let it, page, account
const said = '邻居家男主人摔伤住院，孩子没人照看'
// Another phone each time: one may report three times a day.
const teller = { name: '沙马·阿牛', phone: `139${String(Date.now()).slice(-8)}` }

before(async () => {
  account = await firstAccount()
  it = await openBrowser()
  page = it.page
})
after(() => it?.close())

test('a neighbour reports on a phone, without an account', async () => {
  await page.setViewportSize(phone)
  await it.open('/public')
  await it.usable('public-home')
  await page.locator('#main').getByRole('link', { name: '申报困难' }).click()
  await page.getByLabel('邻居家').check()
  await page.getByRole('button', { name: '提交申报' }).click()
  await page.getByText('请选择乡镇和村。').waitFor()
  await page.getByText('请填写您的姓名。').waitFor()
  await it.usable('public-report-wrong')
  await page.getByLabel('这家人的姓名').fill('无名氏')
  await page.getByLabel('乡镇').selectOption({ index: 1 })
  await page.getByLabel('村、社区').selectOption({ index: 1 })
  await page.getByLabel('哪方面的困难').selectOption('意外事故')
  await page.getByLabel('发生了什么').fill(said)
  await page.getByLabel('您的姓名').fill(teller.name)
  await page.getByLabel('您的电话').fill(teller.phone)
  await it.usable('public-report')
  await page.getByRole('button', { name: '提交申报' }).click()
  const receipt = (await page.locator('.code').innerText()).replace(/\D/g, '')
  assert.match(receipt, /^\d{10}$/)
  await it.usable('public-received')

  await page.locator('.receipt').getByRole('button', { name: '查询进度' }).click()
  await page.getByLabel('回执编号').fill(receipt)
  await page.getByLabel('您的电话').fill('13700137000')
  await page.getByRole('button', { name: '查询', exact: true }).click()
  await page.getByRole('alert').getByText('没有查到').waitFor()
  await page.getByLabel('您的电话').fill(teller.phone)
  await page.getByRole('button', { name: '查询', exact: true }).click()
  await page.getByText('已收到，正在核对').waitFor()
  await it.usable('public-follow')
})

test('the county sends it to its village, and it ends with a reason', async () => {
  await page.setViewportSize(office)
  await it.open('/sign-in')
  await page.fill('#account', account.name)
  await page.fill('#password', account.password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  await it.open('/clues')
  await it.usable('clues')
  // Every figure opens its list, as long as it says.
  const figures = page.getByRole('navigation', { name: '按状态' }).getByRole('link')
  for (let i = 0; i < (await figures.count()); ++i) {
    const value = Number((await figures.nth(i).locator('strong').innerText()).replaceAll(',', ''))
    await figures.nth(i).click()
    const shown = Math.min(value, 50)
    await page.waitForFunction((n) => document.querySelectorAll('main[aria-busy=false] tbody tr').length === n, shown)
    await figures.nth(i).click()
  }
  await it.open('/clues?state=new')
  await page.getByRole('link', { name: '无名氏' }).first().click()
  await page.getByText(said).waitFor()
  await it.usable('clue-new')
  await page.getByRole('button', { name: '分派到村' }).click()
  await page.getByRole('button', { name: '分派到村' }).click()
  await page.getByText('待核实').first().waitFor()
  await page.getByRole('button', { name: '开始核实' }).click()
  await page.getByText('核实中').first().waitFor()
  await page.getByText('立案还缺').waitFor()
  await it.usable('clue-verifying')
  await page.getByRole('button', { name: '办结' }).click()
  await page.getByRole('button', { name: '办结' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('反映不实').check()
  await page.getByLabel('情况说明').fill('全村没有这个人，电话中反映人承认记错了')
  await page.getByRole('button', { name: '办结' }).click()
  await page.getByText('已办结：反映不实').waitFor()
  await it.usable('clue-closed')
})

test('an officer enters a check, on a desk and on a phone', async () => {
  for (const [name, size] of [['office', office], ['phone', phone]]) {
    await page.setViewportSize(size)
    await it.open('/clues/new')
    await page.getByRole('button', { name: '提交线索' }).click()
    await page.getByText('请查找并选择农户').waitFor()
    await it.usable(`clue-enter-${name}`)
  }
  const number = await page.evaluate(async () => (await (await fetch('/api/registry/households?size=1')).json()).items[0].household_no)
  await page.getByRole('textbox', { name: '农户', exact: true }).fill(number)
  await page.getByRole('button', { name: '查找' }).click()
  await page.locator('.found button').first().click()
  await page.getByRole('checkbox', { name: '住房安全' }).click()
  await page.getByLabel('情况说明').fill('雨后西墙开裂，老人独住')
  await page.getByRole('button', { name: '提交线索' }).click()
  await page.getByText('雨后西墙开裂').first().waitFor()
  await it.usable('clue-entered-phone')
  await page.setViewportSize(office)
  await it.usable('clue-entered')
})

test('a concentrated check is begun, and a village is looked at household by household', async () => {
  await page.setViewportSize(office)
  await it.open('/campaigns')
  await page.getByRole('button', { name: '开始一次排查' }).click()
  await page.getByRole('button', { name: '开始一次排查' }).click()
  await page.getByText('请填写排查名称').waitFor()
  await page.getByLabel('排查名称').fill('秋季集中排查')
  const today = await page.evaluate(() => new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' }))
  await page.getByLabel('开始日期').fill(today)
  await page.getByLabel('结束日期').fill(today)
  await it.usable('campaign-begin')
  await page.getByRole('button', { name: '开始一次排查' }).click()
  await page.getByText('还剩 0 天').waitFor()
  await it.usable('campaign')
  await page.locator('tbody a').first().click() // its first township
  await page.getByText('返回上一级').waitFor()
  await it.settled()
  await page.locator('tbody a').first().click() // and village
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: /^无异常/ }).first().click()
  await page.getByRole('button', { name: '已查' }).click()
  await page.locator('.checks li').getByText('无异常').first().waitFor()
  await it.usable('campaign-village-phone')
})

test('what is wrong in the register is a worklist', async () => {
  await page.setViewportSize(office)
  await it.open('/quality')
  await page.getByRole('button', { name: '立即检查' }).click()
  await page.getByText(/检查了 .* 户/).waitFor()
  await it.usable('quality')
})

test('no address held what was typed, and the browser did not complain', () => {
  for (const url of it.asked.map(decodeURIComponent)) {
    assert.ok(url.startsWith(base) || url.startsWith('data:'), `another host was asked: ${url}`)
    for (const secret of [teller.name, teller.phone, '无名氏']) assert.ok(!url.includes(secret), url)
  }
  assert.deepEqual(it.problems, [])
})
