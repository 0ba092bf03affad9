// The main job as an officer does it, in a real browser, against a running demo server.
//
//   BALLAST_URL       where it serves, e.g. http://127.0.0.1:8080
//   BALLAST_ACCOUNT   who signs in; by default the first demo account that /api/meta names
//   BALLAST_PASSWORD
//   BALLAST_SAMPLE    a department's file to send, e.g. DIR/samples/...xlsx
//   BALLAST_CHROMIUM  the browser; by default /usr/bin/chromium
//   BALLAST_SHOTS     a folder; when given, every screen is also kept there as a picture
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base, firstAccount, office, openBrowser, phone } from './browser.mjs'

let browser, page, account, asked, problems, settled, open, usable

before(async () => {
  account = await firstAccount()
  browser = await openBrowser()
  ;({ page, asked, problems, settled, open, usable } = browser)
})
after(() => browser?.close())
const quiet = () => page.waitForLoadState('networkidle')

test('the main job, on an office screen', async (t) => {
  let household // its number, its head's name, its address

  await t.test('a wrong password is refused in a sentence, and the page stays', async () => {
    await open('/sign-in')
    await usable('sign-in')
    await page.fill('#account', account.name)
    await page.fill('#password', 'not the password')
    await page.keyboard.press('Enter')
    const refusal = page.getByRole('alert')
    await refusal.waitFor()
    assert.match(await refusal.innerText(), /\p{Script=Han}{4,}/u)
    assert.equal(new URL(page.url()).pathname, '/sign-in')
  })

  await t.test('a page asked for before signing in is shown after it', async () => {
    await page.goto(`${base}/areas`)
    await page.fill('#account', account.name)
    await page.fill('#password', account.password)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${base}/areas`)
  })

  await t.test('the register opens with one box and no list of people', async () => {
    await open('/')
    await page.locator('#find').waitFor()
    assert.equal(await page.getByRole('table').filter({ has: page.locator('a[href^="/households/"]') }).count(), 0)
    await usable('search')
  })

  await t.test('a figure opens a list that is as long as it says', async () => {
    const figure = page.locator('tr.total a')
    const said = (await figure.innerText()).replaceAll(',', '')
    await figure.click()
    await page.waitForURL(/\/households/)
    const rows = page.locator('table.data tbody tr')
    await rows.first().waitFor()
    const total = (await page.locator('.pager .muted').innerText()).match(/[\d,]+/)[0].replaceAll(',', '')
    assert.equal(total, said)
    const first = rows.first()
    household = {
      name: (await first.locator('th a').innerText()).trim(),
      number: (await first.locator('td').first().innerText()).trim(),
    }
    await quiet()
    await usable('households')
  })

  await t.test('a household is found by its head’s name, and the name stands in no address', async () => {
    await open('/')
    asked.length = 0
    await page.fill('#find', household.name)
    await page.keyboard.press('Enter')
    await page.locator('table.data tbody tr').first().waitFor()
    await quiet()
    const addresses = [page.url(), ...asked].map(decodeURIComponent)
    assert.deepEqual(addresses.filter((address) => address.includes(household.name)), [])
    await usable('results')
  })

  await t.test('one character is too short to search for', async () => {
    await page.fill('#find', household.name.slice(0, 1))
    await page.keyboard.press('Enter')
    await page.locator('[role=search] [role=alert]').waitFor()
  })

  await t.test('a household is found by its number and shows everything on one page', async (t) => {
    await page.fill('#find', household.number)
    await page.keyboard.press('Enter')
    const began = performance.now()
    await page.locator('table.data tbody tr', { hasText: household.number }).locator('th a').click()
    await page.getByRole('heading', { level: 1, name: household.name }).waitFor()
    t.diagnostic(`found and opened in ${Math.round(performance.now() - began)} ms`)
    household.path = new URL(page.url()).pathname
    for (const section of ['warnings', 'guarantees', 'members', 'income', 'history']) assert.equal(await page.locator(`section#${section}`).count(), 1, section)
    assert.equal(await page.locator('.guarantees > li').count(), 6)
    await page.locator('.chart svg').waitFor()
    await quiet()
    await usable('household')
  })

  await t.test('a field is entered by hand: checked, old beside new, stored, and in the history', async (t) => {
    const edit = page.locator('.who').getByRole('button', { name: '编辑', exact: true })
    if (!(await edit.count())) return t.skip('this account may not write')
    await edit.click()
    const drawer = page.getByRole('dialog')
    const field = drawer.getByLabel('耕地面积')
    await field.waitFor()
    const before = await field.inputValue()
    await field.fill('1.234')
    await drawer.getByLabel('依据').fill('入户走访')
    await page.waitForTimeout(400)
    await usable('edit')
    const check = drawer.getByRole('button', { name: '核对更改' })
    await check.click()
    // Finer than the register keeps: told beside the field, and nothing lost.
    await drawer.locator('.slips').waitFor()
    assert.equal(await field.getAttribute('aria-invalid'), 'true')
    await usable('edit-wrong')
    const wanted = before === '1.25' ? '1.5' : '1.25'
    await field.fill(wanted)
    for (const part of ['成员', '保障', '收入']) {
      await drawer.getByRole('navigation', { name: '登记的内容' }).getByRole('button', { name: part }).click()
      await usable(`edit-${part}`)
    }
    await check.click()
    const row = drawer.locator('.side-by-side tbody tr', { hasText: '耕地面积' })
    await row.waitFor()
    assert.match(await row.innerText(), new RegExp(wanted.replace('.', '\\.')))
    await usable('edit-check')
    await drawer.getByRole('button', { name: '保存' }).click()
    await drawer.waitFor({ state: 'hidden' })
    await page.locator('#facts dl > div', { hasText: '耕地面积' }).filter({ hasText: wanted }).waitFor()
    await open(household.path)
    await page.locator('#history', { hasText: '入户走访' }).waitFor()
  })

  await t.test('an ID number is masked, shown for a stated purpose, and masked again on leaving', async () => {
    const cell = page.locator('#members tbody tr').first().locator('.reveal').first()
    const masked = await cell.locator('.number').innerText()
    assert.match(masked, /^\d{6}\*{8}\d{3}[\dX]$/)
    await cell.getByRole('button').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').waitFor()
    await usable('purpose')
    await dialog.getByRole('textbox').fill('入户核实')
    await page.keyboard.press('Enter')
    await cell.locator('.number', { hasText: /^\d{17}[\dX]$/ }).waitFor()
    await open('/')
    await page.goto(base + household.path)
    await cell.locator('.number').waitFor()
    assert.equal(await cell.locator('.number').innerText(), masked)
  })

  await t.test('the reading stands in the audit log with its purpose', async (t) => {
    const session = await page.evaluate(() => fetch('/api/session').then((reply) => reply.json()))
    if (!session.rights.includes('audit_read')) return t.skip('this account may not read the audit log')
    await open('/audit')
    await page.locator('table.data tbody tr', { hasText: '入户核实' }).first().waitFor()
    await usable('audit')
  })

  await t.test('the last viewed household is offered at the start', async () => {
    await open('/')
    await page.locator(`a[href="${household.path}"]`).waitFor()
  })

  await t.test('a department’s file is sent, worked on, and its counts open their lists', async (t) => {
    await open('/feeds')
    await usable('feeds')
    if (!process.env.BALLAST_SAMPLE) return t.skip('BALLAST_SAMPLE names no file')
    await open('/feeds/upload')
    await usable('upload')
    await page.setInputFiles('input[type=file]', process.env.BALLAST_SAMPLE)
    await page.locator('form.form button[type=submit]').click()
    await page.waitForURL(/\/feeds\/batches\/\d+/, { timeout: 120_000 })
    await page.locator('.strip').waitFor()
    await quiet()
    const numbers = (await page.locator('.strip .figure strong').allInnerTexts()).map((text) => Number(text.replaceAll(',', '')))
    const [accepted, matched, candidate, unmatched, invalid, rows] = numbers
    assert.equal(accepted, matched + candidate + unmatched)
    assert.equal(rows, accepted + invalid)
    assert.ok(matched > 0, 'the sample matches somebody')
    const batch = page.url()
    for (const [index, said] of [[1, matched], [2, candidate], [3, unmatched], [4, invalid]]) {
      if (said === 0) continue
      await page.goto(batch.split('?')[0])
      await page.locator('.strip a').nth(index - 1).click()
      await page.waitForURL(/state=/)
      await settled()
      const total = (await page.locator('.pager .muted').innerText()).match(/[\d,]+/)[0].replaceAll(',', '')
      assert.equal(Number(total), said)
      await usable(`batch-${index}`)
    }
  })

  await t.test('warnings are listed by level, and each shows its evidence', async () => {
    await open('/warnings')
    await page.locator('table.data tbody tr').first().waitFor()
    await usable('warnings')
    await page.locator('table.data tbody tr').first().getByRole('button').click()
    await page.waitForURL(/open=\d+/)
    const drawer = page.getByRole('dialog')
    await drawer.locator('dl.evidence').waitFor()
    assert.ok((await drawer.locator('dl.evidence dd').count()) >= 3)
    await page.waitForTimeout(400)
    await usable('evidence')
    const link = page.url()
    await page.goto(link)
    await page.getByRole('dialog').locator('dl.evidence').waitFor()
  })

  for (const [name, path] of [
    ['runs', '/warnings/runs'],
    ['new-household', '/households/new'],
    ['profile', '/profile'],
  ])
    await t.test(`${name} is usable`, async () => {
      await open(path)
      await page.locator('main table, main form').first().waitFor()
      await usable(name)
    })

  await t.test('a place is found level by level and by typing', async () => {
    await open('/areas')
    await usable('areas')
    await page.locator('.children a').first().click()
    await page.waitForURL(/\/areas\/\d{12}/)
    await quiet()
    const name = await page.locator('main h2').innerText()
    await open('/areas')
    await page.getByRole('main').getByRole('combobox').fill(name)
    await page.locator('[role=option]', { hasText: name }).first().click()
    await page.waitForURL(/\/areas\/\d{12}/)
  })

  await t.test('the register import shows its earlier runs', async (t) => {
    await open('/imports')
    if (!(await page.getByRole('heading', { level: 1 }).isVisible())) return t.skip('this account may not import')
    await usable('imports')
  })

  await t.test('English is a switch away, and stands in the address', async () => {
    await open(household.path)
    await page.getByRole('button', { name: 'English', exact: true }).click()
    await page.waitForURL(/lang=en/)
    await page.getByRole('heading', { name: 'Members', exact: true }).waitFor()
    await usable('household-english')
    await page.getByRole('button', { name: '中文', exact: true }).click()
    await page.getByRole('heading', { name: '家庭成员', exact: true }).waitFor()
  })

  await t.test('large type scales everything by a quarter', async () => {
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize))
    const normal = await size()
    const button = page.getByRole('button', { name: '大字', exact: true })
    await button.click()
    assert.equal(await size(), normal * 1.25)
    await usable('household-large')
    await button.click()
    assert.equal(await size(), normal)
  })
})

test('the main job, on a phone', async (t) => {
  await page.setViewportSize(phone)
  for (const [name, path] of [
    ['search', '/'],
    ['households', '/households'],
    ['warnings', '/warnings'],
    ['feeds', '/feeds'],
    ['upload', '/feeds/upload'],
    ['imports', '/imports'],
    ['areas', '/areas'],
    ['audit', '/audit'],
    ['runs', '/warnings/runs'],
    ['new-household', '/households/new'],
    ['profile', '/profile'],
  ])
    await t.test(`${name} fits in one column`, async () => {
      await open(path)
      await usable(`phone-${name}`)
    })
  await t.test('a household is reached from the list by thumb', async () => {
    await open('/households')
    await page.locator('table.data tbody tr th a').first().click()
    await page.locator('.guarantees').waitFor()
    await quiet()
    await usable('phone-household')
  })
  await t.test('signing out leads back to the door', async () => {
    await page.locator('.tool.user').click()
    await page.getByRole('menuitem', { name: '退出登录' }).click()
    await page.waitForURL(/\/sign-in/)
    await page.goto(`${base}/warnings`)
    await page.waitForURL(/\/sign-in\?next=/)
    await usable('phone-sign-in')
  })
})

test('an administrator gives somebody an account', async (t) => {
  const { demo_accounts } = await (await fetch(`${base}/api/meta`)).json()
  const admin = demo_accounts?.find(({ account }) => account === 'admin')
  if (!admin) return t.skip('no administrator is named')
  await page.setViewportSize(office)
  await browser.signIn(admin.account)
  await open('/users')
  await usable('users')
  await page.getByRole('button', { name: '新增用户' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('姓名').fill('王芳')
  await dialog.getByLabel('账号').fill(`wang-${Date.now().toString(36)}`)
  await dialog.locator('fieldset select').first().selectOption({ label: '县级业务员' })
  await page.waitForTimeout(400)
  await usable('user-new')
  await dialog.getByRole('button', { name: '新增并生成密码' }).click()
  await page.locator('.once', { hasText: /^\S{4}-\S{4}-\S{4}$/ }).waitFor()
  await usable('user-password')
  await page.getByRole('button', { name: '已记下' }).click()
  await page.locator('table.data tbody tr', { hasText: '王芳' }).first().waitFor()
  await page.setViewportSize(phone)
  await usable('phone-users')
})

test('nothing was asked of another host, and the browser had nothing to complain of', () => {
  assert.deepEqual([...new Set(asked.filter((url) => !url.startsWith(base) && !/^(data|blob):/.test(url)))], [])
  assert.deepEqual(problems, [])
})
