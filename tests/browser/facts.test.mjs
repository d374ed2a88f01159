// A child whom nobody knows: reported by name only, by somebody of a home at night. The list is short and the police come first; each gap
// is filled from its link, and one lands again where one came from. Once with JavaScript and once without.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessibleBare, picture, whole } from './lib/checks.mjs'
import { launch, member, of, people } from './lib/people.mjs'
import { start } from './lib/product.mjs'
import { go, send, sure, words } from './lib/read.mjs'

for (const javaScript of [true, false]) {
  test(`what is known of a child, ${javaScript ? 'with' : 'without'} JavaScript`, { timeout: 300_000 }, async () => {
    const product = await start({ seed: 7, children: 24 })
    const browser = await launch()
    try {
      const home = await member(browser, product, of("children's home staff", await people(browser, product)), { javaScript })
      await story(home)
      if (javaScript) assert.deepEqual(home.troubles, [])
      else assert.ok((await accessibleBare(browser, home.seen)) > 5)
    } finally {
      await browser.close()
      await product.stop()
    }
  })
}

async function story(home) {
  const { page, javaScript } = home
  await go(home, '/children/new')
  await page.locator('[name="name"]').fill('Alex')
  await send(page)
  const child = new URL(page.url()).pathname
  const episode = await report(home)

  // Under twelve lines at first, the call to the police before all others.
  await go(home, episode)
  const lines = page.locator('#due .wh-duty, #due .wh-slim')
  const first = await lines.evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent))
  assert.ok(first.length < 12, `${first.length} lines`)
  assert.match(first[0], /to the police/)
  assert.doesNotMatch(await page.locator('#due').textContent(), /Bedfordshire|Essex|Wakefield/)
  const untoldNow = async () => {
    await go(home, `${episode}/unknown`)
    const count = Number(await page.locator('h1 .wh-number').innerText())
    await go(home, episode)
    return count
  }
  const said = await untoldNow()
  if (javaScript) await whole(home, 'an episode with many gaps', 'facts-gaps')
  await fits(page, episode)

  // Each gap is filled from its link, and leads back.
  const filled = []
  for (;;) {
    const links = await page.locator('#decides a, #due .wh-duty__note a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    const next = links.find((href) => href.includes('/facts/') && !filled.includes(fact(href)))
    if (!next) break
    filled.push(fact(next))
    assert.ok(filled.length < 25, filled.join(', '))
    await page.goto(next)
    if (javaScript && filled.length < 3) await whole(home, `the form of ${fact(next)}`, filled.length === 1 ? 'facts-form' : undefined)
    await fits(page, next)
    await answer(page, fact(next))
    await send(page)
    assert.equal(new URL(page.url()).pathname, episode, `${fact(next)} leads back: ${await page.locator('main').innerText()}`)
  }
  assert.ok(filled.length >= 4, filled.join(', '))
  const untold = await untoldNow()
  assert.ok(untold < said, `${untold} lines cannot be told after ${filled.length} answers`)

  // What was answered stands on the page, with its history, and is put right.
  await go(home, `${child}/facts`)
  const row = page.locator('[id="fact-child.looked_after"]')
  assert.match(await row.innerText(), /Yes/)
  await row.locator('summary').click()
  if (javaScript) await whole(home, 'what is known', 'facts')
  else await picture(page, 'facts-bare')
  await fits(page, `${child}/facts`)
  await row.getByRole('link', { name: /^This was wrong/ }).click()
  await page.locator('[name="why"]').fill('It was said of the brother')
  await page.locator('[name="f-child.looked_after"][value="no"]').check()
  if (javaScript) await whole(home, 'this was wrong', 'facts-wrong')
  await send(page, 'Put it right')
  const changes = await words(page)
  assert.match(changes, /What this changes[\s\S]*Would/, 'what is asked of the absence hangs on it')
  if (javaScript) await whole(home, 'what putting it right changes', 'facts-changes')
  await fits(page, 'what putting it right changes')
  assert.ok(await sure(page))
  await go(home, `${child}/facts`)
  assert.match(await page.locator('[id="fact-child.looked_after"] dd').first().innerText(), /^No/)
  await page.locator('[id="fact-child.looked_after"] summary').click()
  assert.match(await page.locator('[id="fact-child.looked_after"]').innerText(), /Put right .*It was said of the brother/)

  // A date that cannot be is said beside its field, and what was typed stays.
  await go(home, `${child}/facts/birth/change`)
  for (const [part, value] of [['day', '2'], ['month', '5'], ['year', '1990']]) await page.locator(`[name="f-child.date_of_birth-${part}"]`).fill(value)
  await terms(page)
  await send(page)
  assert.match(await page.title(), /^Error: /)
  assert.match(await page.locator('main').innerText(), /years old; check the year/)
  assert.equal(await page.locator('[name="f-child.date_of_birth-year"]').inputValue(), '1990')
  if (javaScript) await whole(home, 'a birth that cannot be', 'facts-error')
}

/** The fact that a link leads to. */
const fact = (href) => href.split('#fact-')[1]

/** Reports the child of the page with as few answers as can be; gives the page of the episode. */
async function report({ page }) {
  await page.getByRole('button', { name: /^Report .* missing$/ }).click()
  await page.locator('[name="f-status"][value="missing"]').check()
  for (;;) {
    const on = page.locator('form.wh-form button.govuk-button, form button.govuk-button').first()
    await Promise.all([page.waitForEvent('framenavigated'), on.click()])
    await page.waitForLoadState()
    if (page.url().endsWith('/read-out')) break
  }
  return page.locator('a[href*="/episodes/"]').first().getAttribute('href')
}

/** Answers one question: yes, the first of some, or a day. */
async function answer(page, name) {
  const own = page.locator(`[id="fact-${name}"]`)
  if (await own.locator('select').count()) await own.locator('select').selectOption('northamptonshire')
  else if (await own.locator('input[type="radio"]').count()) await own.locator('input[type="radio"]').first().check()
  else {
    const parts = { day: '2', month: '5', year: '2012', time: '10:00' }
    for (const [part, value] of Object.entries(parts)) {
      const field = own.locator(`[name$="-${part}"]`)
      if (await field.count()) await field.fill(value)
    }
  }
  await terms(page)
}

async function terms(page) {
  await page.locator('[name="how-long"][value="always"]').check()
  await page.locator('[name="source"][value="told"]').check()
  await page.locator('[name="told-by"]').fill('The child’s social worker')
}

/** Nothing sticks out on a telephone of 375 pixels. */
async function fits(page, what) {
  const before = page.viewportSize()
  await page.setViewportSize({ width: 375, height: 812 })
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 375, what)
  await page.setViewportSize(before)
}
