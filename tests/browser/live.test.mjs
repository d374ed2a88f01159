// What pages do by themselves and by the keyboard: they are kept fresh, their clocks say what the server says, every place is reached,
// and they can be printed.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { tabbed } from './lib/checks.mjs'
import { launch, member, of, people, visitor } from './lib/people.mjs'
import { start } from './lib/product.mjs'
import { fill, go, send } from './lib/read.mjs'

let product
let browser
let everybody

before(async () => {
  product = await start({ seed: 7, children: 24 })
  browser = await launch()
  everybody = await people(browser, product)
})

after(async () => {
  await browser?.close()
  await product?.stop()
})

const by = (role) => member(browser, product, of(role, everybody))

test('the board shows what another person records, without being asked', { timeout: 60_000 }, async () => {
  const [watcher, writer] = await Promise.all([by('missing co-ordinator'), by('police missing')])
  await go(watcher, '/board')
  await watcher.page.getByText('Updates by itself').waitFor()
  const row = watcher.page.locator('.wh-missing').filter({ hasText: 'Risk not graded' }).filter({ hasText: 'Missing' }).first()
  const name = (await row.locator('.wh-missing__name').textContent()).trim()
  const episode = await row.locator('.wh-missing__name a').getAttribute('href')
  await row.locator('.wh-missing__name a').focus()
  await go(writer, `${episode.split('/episodes/')[0]}/record/risk.graded`)
  await fill(writer.page, { 'f-level': 'high' })
  await send(writer.page)
  const fresh = watcher.page.locator('.wh-missing').filter({ hasText: name })
  await fresh.locator('.govuk-tag').filter({ hasText: 'High risk' }).waitFor({ timeout: 5_000 })
  assert.equal(await watcher.page.evaluate(() => document.activeElement.getAttribute('href')), episode, 'the focus stays where it was')
  assert.deepEqual(watcher.troubles, [])
  await Promise.all([watcher.close(), writer.close()])
})

test('a page whose session has ended says so, and does not pretend to be fresh', { timeout: 60_000 }, async () => {
  const [watcher, writer] = await Promise.all([by('missing co-ordinator'), by('police missing')])
  await go(watcher, '/board')
  await watcher.page.getByText('Updates by itself').waitFor()
  const episode = await watcher.page.locator('.wh-missing__name a').first().getAttribute('href')
  const other = await watcher.context.newPage()
  await other.goto('/')
  await other.getByRole('button', { name: 'Sign out' }).click()
  await other.waitForURL(/sign-in/)
  await other.close()
  await go(writer, `${episode.split('/episodes/')[0]}/record/information.received`)
  await fill(writer.page, { 'f-text': 'News' })
  await send(writer.page)
  await watcher.page.getByText('You were signed out').waitFor({ timeout: 5_000 })
  await Promise.all([watcher.close(), writer.close()])
})

test('the clocks of a page say what the server says', { timeout: 60_000 }, async () => {
  const who = await by('missing co-ordinator')
  for (const address of ['/', '/board']) {
    await go(who, address)
    const [before, after] = await who.page.evaluate(() => {
      const said = () => [...document.querySelectorAll('[data-left], [data-since]')].map((one) => `${one.textContent} ${one.className}`)
      const first = said()
      document.dispatchEvent(new Event('wh:fresh'))
      return [first, said()]
    })
    assert.ok(before.length > 3, address)
    assert.deepEqual(after, before, address)
  }
  // An hour and twenty minutes later by the server's clock the words of the server are those of the page.
  await product.pass(80)
  await go(who, '/board')
  const since = who.page.locator('[data-since]').first()
  const server = await since.textContent()
  await who.page.evaluate(() => document.dispatchEvent(new Event('wh:fresh')))
  assert.equal(await since.textContent(), server)
  await who.close()
})

test('the keyboard reaches every place, in order, and shows where it is', { timeout: 180_000 }, async () => {
  const who = await by('missing co-ordinator')
  await go(who, '/board')
  const episode = await who.page.locator('.wh-missing__name a').first().getAttribute('href')
  const child = episode.split('/episodes/')[0]
  for (const address of ['/', '/board', '/alerts', '/search', '/report', episode, child, `${child}/record/strategy_meeting.held`]) {
    await go(who, address)
    const reached = await tabbed(who.page)
    assert.match(reached[0].html, /govuk-skip-link/, `${address}: the skip link is first`)
    assert.deepEqual(reached.filter((one) => !one.visible || !one.seen).map((one) => one.html), [], `${address}: places without a ring`)
    const missed = await who.page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
      const shown = all.filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && !one.closest('details:not([open]) > :not(summary)'))
      // Of radios with one name the tab key stops at one; arrows go to the others.
      const skipped = shown.filter((one) => !one.dataset.tabbed && !(one.type === 'radio' && document.querySelector(`[name="${one.name}"][data-tabbed]`)))
      return skipped.map((one) => one.outerHTML.slice(0, 120))
    })
    assert.deepEqual(missed, [], `${address}: places that the tab key does not reach`)
  }
  await who.close()
})

test('the skip link leads past the navigation, and a wrong answer is where the focus goes', { timeout: 60_000 }, async () => {
  const who = await by('missing co-ordinator')
  await go(who, '/board')
  await who.page.keyboard.press('Tab')
  await who.page.keyboard.press('Enter')
  assert.equal(await who.page.evaluate(() => document.activeElement.id), 'main')
  const child = (await who.page.locator('.wh-missing__name a').first().getAttribute('href')).split('/episodes/')[0]
  await go(who, `${child}/record/information.received`)
  await who.page.locator('[name="occurred-time"]').fill('half past')
  await send(who.page)
  assert.ok(await who.page.evaluate(() => document.activeElement.classList.contains('govuk-error-summary')))
  await who.page.locator('.govuk-error-summary a').first().click()
  assert.equal(await who.page.evaluate(() => document.activeElement.id), 'occurred-time')
  await who.close()
})

test('on paper there is no navigation and no button', { timeout: 60_000 }, async () => {
  const who = await by('missing co-ordinator')
  await go(who, '/board')
  const episode = await who.page.locator('.wh-missing__name a').first().getAttribute('href')
  await who.page.emulateMedia({ media: 'print' })
  for (const address of ['/', '/board', '/alerts', episode, episode.split('/episodes/')[0]]) {
    await go(who, address)
    const printed = await who.page.evaluate(() =>
      [...document.querySelectorAll('nav, button, .govuk-button, .wh-demo')].filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 100)),
    )
    assert.deepEqual(printed, [], address)
  }
  assert.ok((await who.page.pdf({ format: 'A4' })).length > 5_000)
  await who.close()
})

test('the time fields are filled in with one press, by London’s clock wherever the device is', { timeout: 60_000 }, async () => {
  const who = await by('missing co-ordinator')
  await go(who, '/board')
  const child = (await who.page.locator('.wh-missing__name a').first().getAttribute('href')).split('/episodes/')[0]
  await go(who, `${child}/record/strategy_meeting.held`)
  const now = await who.page.locator('[name="occurred-time"]').inputValue()
  await who.page.getByRole('button', { name: '1 h ago' }).first().click()
  const [hour, minute] = (await who.page.locator('[name="occurred-time"]').inputValue()).split(':').map(Number)
  const [nowHour, nowMinute] = now.split(':').map(Number)
  const apart = nowHour * 60 + nowMinute - hour * 60 - minute
  assert.ok(apart >= 58 && apart <= 60, `${apart} minutes`)
  const planned = who.page.locator('fieldset').filter({ has: who.page.locator('[name="f-next_planned_for-day"]') })
  assert.equal(await planned.getByRole('button').count(), 0, 'what is planned is not just now')
  await who.close()
})

test('a page without scripts is whole', { timeout: 60_000 }, async () => {
  const who = await visitor(browser, product, { javaScript: false })
  await who.page.goto('/sign-in')
  assert.equal(await who.page.locator('.govuk-password-input__toggle:visible').count(), 0, 'no button that does nothing')
  await who.close()
})
