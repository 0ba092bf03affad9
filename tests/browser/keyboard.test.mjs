// The thread walked with the keyboard alone, from a report to a decision: what is done is reached by Tab, and nothing is
// clicked. The environment is that of main_job.test.mjs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { base, office, openBrowser, password, phone, photo } from './browser.mjs'

const said = '邻居家男人生病，地里没人管'
const lost = '多数代表认为该户有稳定的务工收入，能够自己应对'
let it, page, clue, risk, head

before(async () => {
  it = await openBrowser()
  page = it.page
  await page.setViewportSize(office)
})
after(() => it?.close())

// ---- the keyboard

/** Tabs on until this has the focus. Of radio buttons only the chosen one is reached, as the browser has it. */
async function reach(target, most = 150) {
  const one = target.first()
  await one.waitFor({ state: 'attached' })
  const wanted = await one.elementHandle()
  for (let i = 0; i < most; ++i) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  assert.fail(`not reached by ${most} Tabs: ${target}`)
}
async function type(target, text) {
  await reach(target)
  await page.keyboard.press('Control+A')
  await page.keyboard.insertText(text)
}
async function press(target, key = 'Enter') {
  await reach(target)
  await page.keyboard.press(key)
}
async function tick(target) {
  if (await target.first().isChecked()) return
  await press(target, 'Space')
  assert.ok(await target.first().isChecked())
}
/** Moves in a list of choices to the one that reads so. */
async function choose(target, label) {
  await reach(target)
  const labels = await target.first().locator('option').allInnerTexts()
  await page.keyboard.press('Home')
  for (let i = 0; i < labels.length; ++i) {
    if ((await target.first().locator('option:checked').innerText()).trim() === label) return
    await page.keyboard.press('ArrowDown')
  }
  assert.equal((await target.first().locator('option:checked').innerText()).trim(), label)
}
/** Reached like everything else; the window that then opens is the system's own. */
async function attach(target) {
  await reach(target)
  await target.first().setInputFiles(photo)
}

const form = () => page.locator('.step-form')
const field = (label) => form().getByLabel(label, { exact: false })

async function signIn(account) {
  await page.context().clearCookies()
  await it.open('/sign-in')
  await type(page.locator('#account'), account)
  await type(page.locator('#password'), password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
}
async function begin(step) {
  await it.open(risk)
  await press(page.locator('.next button', { hasText: step }))
  await form().waitFor()
}
async function send(state) {
  await press(form().locator('button[type=submit]'))
  await page.locator('.said').waitFor()
  await page.locator('.tag.state').getByText(state).waitFor()
}

// ---- the thread

test('a neighbour tells of a household, on a phone', async () => {
  // Somebody of the village officer's villages of whom nothing is under way, with a name that nobody else bears.
  await signIn('village2')
  const chosen = await page.evaluate(async () => {
    const get = async (path) => (await fetch(path)).json()
    const busy = new Set([...(await get('/api/cases?size=200')).items.map((one) => one.household?.head_name), ...(await get('/api/clues?size=200')).items.map((one) => one.name)])
    const households = (await get('/api/registry/households?size=200')).items
    const names = households.map((one) => one.head_name)
    const one = households.find((each) => each.warnings === 0 && !busy.has(each.head_name) && names.filter((name) => name === each.head_name).length === 1)
    return { village: one.village, head: one.head_name }
  })
  head = chosen.head
  await page.context().clearCookies()
  await page.setViewportSize(phone)
  await it.open('/public/report')
  await page.getByLabel('邻居家').check()
  await page.getByLabel('这家人的姓名').fill(head)
  await page.getByLabel('乡镇').selectOption(`${chosen.village.code.slice(0, 9)}000`)
  await page.getByLabel('村、社区').selectOption(chosen.village.code)
  await page.getByLabel('发生了什么').fill(said)
  await page.getByLabel('您的姓名').fill('沙马·阿牛')
  await page.getByLabel('您的电话').fill(`138${String(Date.now()).slice(-8)}`)
  await page.getByRole('button', { name: '提交申报' }).click()
  assert.match((await page.locator('.code').innerText()).replace(/\D/g, ''), /^\d{10}$/)
})

test('the county sends it to its village', async () => {
  await page.setViewportSize(office)
  await signIn('county')
  await it.open('/clues?state=new')
  await press(page.getByRole('link', { name: head }))
  await page.getByText(said).waitFor()
  clue = new URL(page.url()).pathname
  await press(page.locator('.next').getByRole('button', { name: '对应到户' }))
  await press(page.locator('.next .candidates button', { hasText: head }))
  await press(page.locator('.next form button[type=submit]'))
  await page.getByText('待核实').first().waitFor()
})

test('the village looks into it and opens a case', async () => {
  await signIn('village2')
  await it.open(clue)
  await press(page.getByRole('button', { name: '开始核实' }))
  await page.getByText('核实中').first().waitFor()
  await it.usable('keyboard-clue')
  await press(page.locator('.next').getByRole('button', { name: '立案' }))
  await type(page.locator('.next form textarea'), '反映属实，需要入户核实')
  await press(page.locator('.next form button[type=submit]'))
  await page.waitForURL((url) => url.pathname.startsWith('/cases/'))
  risk = new URL(page.url()).pathname
})

test('the village visits the household and has it sign', async () => {
  await begin('入户核实')
  await it.usable('keyboard-visit')
  const people = form().locator('.row')
  await tick(people.nth(0).getByLabel('声明：无亲属、利害关系'))
  await type(people.nth(1).getByLabel('姓名'), '何志强')
  await choose(people.nth(1).getByLabel('单位'), '驻村工作队')
  await tick(people.nth(1).getByLabel('声明：无亲属、利害关系'))
  await type(field('金额'), '21000')
  const statuses = form().locator('.rows.fixed select')
  for (let i = 0; i < (await statuses.count()); ++i) await choose(statuses.nth(i), '有保障')
  await tick(field('存在返贫致贫风险'))
  if (await form().getByRole('group', { name: '风险类型' }).count()) await tick(form().getByLabel('因病'))
  await type(form().locator('textarea'), '户主生病，家中有人务工')
  await attach(form().locator('input[type=file]'))
  await page.getByText('已保存 1 个').waitFor()
  await tick(field('农户已签字'))
  await tick(field('入户人员已签字'))
  await send('待授权')

  await begin('签承诺授权书')
  const signatures = form().locator('input[type=file]')
  for (let i = 0; i < (await signatures.count()); ++i) {
    await attach(signatures.nth(i))
    await page.waitForFunction((n) => [...document.querySelectorAll('.step-form [role=status]')].filter((one) => one.textContent.includes('已保存')).length === n, i + 1)
  }
  await tick(field('农户承诺所报情况真实'))
  await it.usable('keyboard-consent')
  await send('待比对')
})

test('the county compares and finds nothing; the village is not convinced', async () => {
  await signIn('county')
  await begin('部门信息比对')
  await it.usable('keyboard-compare')
  await send('待评议')

  await signIn('committee2')
  await begin('民主评议')
  for (const [label, value] of [['应到代表', 30], ['实到', 24], ['赞成', 5], ['反对', 17], ['弃权', 2], ['到会亲属', 2]]) await type(field(label), String(value))
  await tick(field('表决前已宣读比对结果'))
  await type(field('评议意见'), '代表逐一发言')
  await type(field('理由（告知农户）'), lost)
  await attach(form().locator('input[type=file]'))
  await page.getByText('已保存 1 个').waitFor()
  await it.usable('keyboard-review')
  await send('不予认定')
})

test('the household is told why, in a letter', async () => {
  await page.getByText(lost).first().waitFor()
  await it.usable('keyboard-rejected')
  const letter = page.locator('.papers a', { hasText: '不予纳入监测对象告知书' })
  await reach(letter)
  const got = await page.evaluate(async (path) => {
    const reply = await fetch(path)
    return { status: reply.status, type: reply.headers.get('content-type'), begins: (await reply.text()).slice(0, 5) }
  }, await letter.getAttribute('href'))
  assert.deepEqual(got, { status: 200, type: 'application/pdf', begins: '%PDF-' })
  await page.setViewportSize(phone)
  await it.open(risk)
  await it.usable('keyboard-rejected-phone')
})

test('no address held a name, and the browser did not complain', () => {
  for (const url of it.asked.map(decodeURIComponent)) {
    assert.ok(url.startsWith(base) || url.startsWith('data:') || url.startsWith('blob:'), `another host was asked: ${url}`)
    assert.ok(!url.includes(head), url)
  }
  assert.deepEqual(it.problems, [])
})
