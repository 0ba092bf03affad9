// What the programmes of a county hold: the double receipts, a row and its household, the fee and its sheet, in both
// languages, on a desk and on a phone. The environment is that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base, firstAccount, office, openBrowser, phone } from './browser.mjs'

let it, page

before(async () => {
  const account = await firstAccount()
  it = await openBrowser()
  page = it.page
  await it.open('/sign-in')
  await page.fill('#account', account.name)
  await page.fill('#password', account.password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
})
after(() => it?.close())

for (const [where, size] of [['office', office], ['phone', phone]])
  test(`every part of every programme can be used: ${where}`, async () => {
    await page.setViewportSize(size)
    await it.open('/programmes')
    await it.usable(`programmes-${where}`)
    assert.equal(await page.locator('.broken').count(), 0, 'no pack is broken')
    const programmes = await page.locator('#main tbody a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
    assert.ok(programmes.length > 0)
    for (const path of programmes) {
      await it.open(path)
      const tabs = await page.locator('.tabs button').count()
      for (let i = 0; i < tabs; ++i) {
        await page.locator('.tabs button').nth(i).click()
        await it.settled()
        await it.usable(`programme-${path.split('/').at(-1)}-${i}-${where}`)
      }
    }
  })

test('each number of an indicator, a register and a matrix opens a list as long as it says', async () => {
  await page.setViewportSize(office)
  for (const [path, table] of [['/programmes/environment', '指标'], ['/programmes/governance', '指标'], ['/programmes/education', '一镇三优']]) {
    await it.open(path)
    const links = page.getByRole('table', { name: table }).locator('td a')
    // A sum, and what counts once by name, stand for fewer or more rows than they say: their lists are the rows behind.
    const counted = (await links.evaluateAll((all) => all.map((one) => [one.getAttribute('href'), Number(one.textContent.replaceAll(',', ''))]))).filter(([href]) => /indicator=(sound_rate|rules_filed|commitments_done)|matrix=/.test(href))
    assert.ok(counted.length > 0, path)
    for (const [href, said] of counted.slice(0, 6)) {
      await it.open(href)
      await page.locator(said ? '.pager' : '.empty').filter({ hasText: said ? new RegExp(`^\\D*${said}\\D`) : '' }).waitFor()
    }
  }
  await it.open('/programmes/environment?tab=records&register=repair')
  const said = Number(await page.locator('.pick.on .number').innerText())
  await page.locator('.pager').filter({ hasText: new RegExp(`^\\D*${said}\\D`) }).waitFor()
  for (const tab of ['activities', 'contracts', 'projects']) {
    await it.open(`/programmes/environment?tab=${tab}`)
    assert.match(await it.sheet(), new RegExp(`^environment-${tab}-`))
  }
  await it.open('/programmes/environment?tab=records&register=repair')
  assert.match(await it.sheet(), /^environment-repair-\d{4}-\d\d-\d\d\.xlsx$/)
})

test('a row is entered without what later steps ask for, and says who acts next', async () => {
  await it.open('/programmes/environment?tab=records&register=demonstration&enter=1')
  await page.getByLabel('示范层级').selectOption({ label: '示范村庄' })
  assert.equal(await page.locator('form.entry').getByLabel('命名日期').count(), 0)
  await page.getByLabel('命名级别').selectOption({ label: '县级' })
  await page.getByLabel('区划').fill('城南')
  await page.getByRole('listbox').getByRole('option').first().click()
  await page.locator('form.entry').getByLabel('名称').fill('城南示范村庄')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('下一步：评审（由乡镇办理）').waitFor()
  await it.usable('record-waiting')
})

test('a village sees the contract its township holds, reports a repair without its cost, and a photo has a place', async () => {
  const village = await openBrowser()
  const page = village.page
  try {
    await page.setViewportSize(phone)
    await village.signIn('village')
    await village.open('/programmes/environment?tab=contracts')
    const above = page.getByRole('table', { name: '合同' }).locator('tbody tr').filter({ hasText: '新城镇' })
    await above.first().waitFor()
    assert.equal(await page.getByRole('button', { name: '提前终止' }).count(), 0)
    await village.usable('contracts-village')

    await village.open('/programmes/environment?tab=records&register=toilet')
    await page.locator('#main tbody a').first().click()
    await page.getByRole('button', { name: '登记户厕报修' }).click()
    const form = page.locator('form.entry')
    await form.getByLabel('故障').selectOption({ index: 1 })
    assert.equal(await form.getByLabel('维修费用').count(), 0)
    await form.getByRole('button', { name: '保存' }).click()
    await page.getByRole('button', { name: '派修' }).click()
    assert.equal(await form.getByLabel('维修费用').count(), 0)
    await form.getByLabel('维修单位').fill('镇管护站')
    await form.getByRole('button', { name: '保存' }).click()
    await page.getByRole('button', { name: '登记修好' }).click()
    await form.getByLabel('维修费用').waitFor()
    await village.usable('repair-cost')
    await form.getByLabel('修好日期').fill('2021-06-10')
    await form.getByRole('button', { name: '保存' }).click() // without a cost
    await page.getByRole('button', { name: '农户确认' }).waitFor()

    // A clean-up wants a photo, so it asks for the place; an inspection without one takes none and says why.
    await village.open('/programmes/environment?tab=activities&enter=cleanup')
    await form.getByRole('button', { name: '保存' }).click()
    await form.getByText('没有地点的照片不能作证').waitFor()
    await village.usable('photo-without-place')
    assert.deepEqual(village.problems, [])
  } finally {
    await village.close()
  }
})

test('a step refused because of a field that it does not ask for says so', async () => {
  const township = await openBrowser()
  try {
    await township.signIn('township')
    await township.open('/programmes/continuity?tab=records&register=four_kept&enter=1')
    await township.page.getByLabel('事项').selectOption({ index: 1 })
    await township.page.getByLabel('核查日期').fill('2021-06-11')
    await township.page.getByLabel('落实').selectOption('no')
    await township.page.getByLabel('责任人').fill('李镇长')
    await township.page.getByRole('button', { name: '保存' }).click()
    await township.page.waitForURL(/records\/\d+$/)
    await township.page.getByText('（由县级办理）').waitFor()
    await it.open(new URL(township.page.url()).pathname)
  } finally {
    await township.close()
  }
  await page.getByRole('button', { name: '办结' }).click()
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('alert').filter({ hasText: '落实' }).waitFor()
  await it.usable('record-refused')
})

test('what a family received twice is found and withdrawn with a reason', async () => {
  await page.setViewportSize(office)
  await it.open('/aid/twice')
  const all = await page.locator('#main tbody tr').count()
  assert.ok(all > 0, 'the demo holds double receipts')
  await it.usable('twice')
  await page.locator('#main tbody tr').first().getByRole('link').first().click()
  await page.getByText(/与“.+”（.+）重复，请核对/).first().waitFor()
  await it.open('/aid/twice')
  // The row that waits for the township, not the one that was paid.
  await page.locator('#main tbody tr').filter({ hasText: '美丽庭院奖补' }).first().locator('li').filter({ hasText: '已推荐' }).last().getByRole('link').click()
  await page.getByRole('button', { name: '撤回（重复或有误）' }).click()
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('请写明理由').first().waitFor()
  await page.getByLabel('说明').fill('春季已享受')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('已撤回').first().waitFor()
  await it.usable('record-withdrawn')
  await it.open('/aid/twice')
  assert.equal(await page.locator('#main tbody tr').count(), all - 1)
})

test('the fee comes to 3,447.00 a period, and prints its sheet in both languages', async () => {
  await it.open('/programmes/environment?tab=fees')
  await page.getByText('3,447.00').first().waitFor()
  await page.locator('#main tbody a').first().click()
  await page.getByText('打印公示表').first().waitFor()
  await it.settled()
  await it.usable('fee')
  const id = new URL(page.url()).pathname.split('/').at(-1)
  for (const language of ['zh', 'en']) {
    const sheet = await page.request.get(`${base}/api/programmes/environment/fees/${id}/sheet?lang=${language}`)
    assert.equal(sheet.status(), 200)
    assert.equal((await sheet.body()).subarray(0, 5).toString(), '%PDF-')
  }
  await page.getByRole('button', { name: 'English' }).click()
  await it.open('/programmes/environment')
  await page.getByText('Rural living environment').first().waitFor()
  await it.usable('programme-english')
  assert.deepEqual(it.problems, [])
})
