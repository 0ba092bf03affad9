// A browser for the tests: one window, what it complained of, what it asked for, and whether a page can be used.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

export const base = process.env.BALLAST_URL
assert.ok(base, 'BALLAST_URL names the running demo server')
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const office = { width: 1366, height: 768 }
export const phone = { width: 390, height: 844 }
export const password = process.env.BALLAST_PASSWORD ?? 'ballast-demo'
export const photo = fileURLToPath(new URL('../data/casework/门前.jpg', import.meta.url))

/** Element Plus heads its dialogs with a <header>, which axe-core takes for a second banner of the page. */
const ofDialogs = new Set(['landmark-no-duplicate-banner', 'landmark-unique', 'landmark-banner-is-top-level'])

/** The account that the environment names, else the first of the demo. */
export async function firstAccount() {
  const meta = await (await fetch(`${base}/api/meta`)).json()
  const demo = meta.demo_accounts?.[0]
  const account = { name: process.env.BALLAST_ACCOUNT ?? demo?.account, password: process.env.BALLAST_PASSWORD ?? demo?.password }
  assert.ok(account.name && account.password, 'an account to sign in with')
  return account
}

export async function openBrowser() {
  const profile = await mkdtemp(join(tmpdir(), 'ballast-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.BALLAST_CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    viewport: office,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(15_000)
  const problems = [] // what the browser complained of
  const asked = [] // every address that was asked for
  page.on('request', (request) => asked.push(request.url()))
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    // A refused request is told to the user by the page; the browser's own line about it is no news.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) problems.push(message.text())
  })

  /** The list shown is the one that the address asks for. */
  async function settled() {
    await page.waitForLoadState('networkidle')
    await page.locator('main:not([aria-busy=true])').waitFor()
  }
  async function open(path) {
    await page.goto(base + path)
    await page.locator('#main').waitFor()
    await settled()
  }
  /** Nothing to find for axe-core, and nothing wider than the window. `others`: selectors of what somebody else drew. */
  async function usable(name, others = []) {
    await settled() // a list that is being replaced is dimmed, and its contrast says nothing
    await page.evaluate(axe)
    const { violations } = await page.evaluate((exclude) => globalThis.axe.run({ exclude }, { resultTypes: ['violations'] }), others)
    const dialog = (await page.locator('.el-dialog__header, .el-drawer__header').count()) > 0
    const found = violations.filter(({ id }) => !(dialog && ofDialogs.has(id))).flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`))
    assert.deepEqual(found, [], `${name}: axe-core`)
    const [wide, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth])
    assert.ok(wide <= window + 1, `${name}: the page is ${wide} wide in a window of ${window}`)
    if (process.env.BALLAST_SHOTS) await page.screenshot({ path: join(process.env.BALLAST_SHOTS, `${name}.png`), fullPage: true })
  }
  async function signIn(account) {
    await page.context().clearCookies()
    await open('/sign-in')
    await page.fill('#account', account)
    await page.fill('#password', password)
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname !== '/sign-in')
    await settled() // the next page is not asked for while this one still comes
  }
  async function close() {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
  /** Presses that button; what the browser would call the file. */
  async function sheet(name = '导出 XLSX') {
    await settled()
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()])
    return file.suggestedFilename()
  }
  return { page, problems, asked, settled, open, usable, sheet, signIn, close }
}

/** The form of a case's step, that stands open beside the case. */
export function stepForm(page) {
  const form = () => page.locator('.step-form')
  const field = (label) => form().getByLabel(label, { exact: false }).first()
  async function send() {
    await form().locator('button[type=submit]').click()
    await page.locator('.said').waitFor()
  }
  /** A photo, where the form or a part of it asks for one. */
  async function attach(within = form()) {
    await within.locator('input[type=file]').first().setInputFiles(photo)
    await within.getByText('已保存 1 个').first().waitFor()
  }
  /** The form of consent, open: every member signs for a year from this day. */
  async function consent(day) {
    for (const item of ['房产', '车辆']) await form().getByLabel(item, { exact: true }).check()
    await field('自').fill(day)
    await field('至').fill(`${Number(day.slice(0, 4)) + 1}${day.slice(4)}`)
    await field('用途').fill('防返贫监测认定')
    const parties = form().locator('.row')
    for (let i = 0; i < (await parties.count()); ++i) {
      const party = parties.nth(i)
      await party.getByLabel('身份', { exact: false }).first().selectOption('家庭成员')
      await party.getByLabel('签字人').selectOption('本人')
      await attach(party)
    }
    await field('农户承诺所报情况真实').check()
  }
  return { form, field, send, attach, consent }
}
