// A report that somebody began: whoever comes on duty sees it, goes on with it and sends it; nobody of another house does. And what is typed in
// one window while its person signs out in another waits for them. From the carers' phones, with and without JavaScript.

import assert from 'node:assert/strict'
import { accessible, accessibleBare, narrow } from './lib/checks.mjs'
import { member, people, signIn } from './lib/people.mjs'
import { follow, go, words } from './lib/read.mjs'
import { told } from './lib/told.mjs'

const PHONE = { width: 375, height: 812 }
const TYPED = 'A red coat, and a bag that she packed herself'

/** Two people of one home, and one of another. */
function carers(everybody) {
  const homes = new Map()
  for (const one of everybody.filter((person) => /home staff|manager of the home/.test(person.role))) {
    const home = one.role.split(', ').slice(1).join(', ')
    homes.set(home, [...(homes.get(home) ?? []), one])
  }
  const two = [...homes.values()].find((staff) => staff.length > 1)
  const other = [...homes.values()].find((staff) => staff !== two)
  assert.ok(two && other, 'two of one home, and one of another')
  return { first: two[0], second: two[1], other: other[0] }
}

told('a report half begun', 180_000, async (browser, product, javaScript) => {
  const everybody = await people(browser, product)
  const { first, second, other } = carers(everybody)
  const one = await member(browser, product, first, { javaScript, ...PHONE })
  const { page } = one
  await go(one, '/report')
  const row = page.locator('.wh-found li').filter({ has: page.getByRole('button', { name: /^Report/ }) }).first()
  const child = (await row.locator('strong').textContent()).trim()
  await follow(page, row.getByRole('button', { name: /^Report/ }))
  const report = new URL(page.url()).pathname.replace(/\/[^/]*$/, '')
  // Whoever is not back is not asked how they came back.
  await go(one, `${report}/noticed`)
  assert.doesNotMatch(await words(page), /How did .* come back|When did .* come back/)
  if (javaScript) {
    await accessible(page, 'when it was noticed')
    await narrow(page, 'when it was noticed')
    await page.setViewportSize(PHONE)
  }
  await go(one, `${report}/appearance`)
  await page.locator('[name="appearance"]').fill(TYPED)
  // Back takes along what was typed; Enter saves and goes on, and never back.
  await follow(page, page.getByRole('button', { name: 'Back', exact: true }))
  assert.match(page.url(), /\/last-seen$/)
  await page.locator('[name="f-last_seen_where"]').fill('The bus stop')
  await Promise.all([page.waitForURL(/\/appearance$/), page.locator('[name="f-last_seen_where"]').press('Enter')])
  assert.equal(await page.locator('[name="appearance"]').inputValue(), TYPED)
  // What cannot be read is said, and holds nothing up.
  await go(one, `${report}/last-seen`)
  assert.equal(await page.locator('[name="f-last_seen_where"]').inputValue(), 'The bus stop')
  for (const [part, value] of [['day', '6'], ['month', '1'], ['year', '2026'], ['time', 'before tea']]) {
    await page.locator(`[name="f-last_seen_at-${part}"]`).fill(value)
  }
  await follow(page, page.getByRole('button', { name: 'Save and continue' }))
  assert.match(await words(page), /“before tea” is not a time of day/)
  if (javaScript) await accessible(page, 'a question with a time that cannot be read')
  await follow(page, page.getByRole('button', { name: 'Skip this question' }))
  await go(one, `${report}/check`)
  assert.match(await words(page), /it goes along as you wrote it/)

  // The next shift.
  await product.pass(20)
  const next = await member(browser, product, second, { javaScript, ...PHONE })
  const says = new RegExp(`${first.name} began a report about ${child} at 03:\\d\\d.*, not sent`)
  for (const where of ['/', '/board', '/report']) {
    await go(next, where)
    assert.match(await words(next.page), says, where)
  }
  await go(next, '/board')
  if (javaScript) await accessible(next.page, 'the board with a report that is not sent')
  await follow(next.page, next.page.getByRole('link', { name: says }))
  assert.match(await words(next.page), new RegExp(`${first.name} began this report`))
  await go(next, `${report}/appearance`)
  assert.equal(await next.page.locator('[name="appearance"]').inputValue(), TYPED)
  await go(next, `${report}/status`)
  await next.page.locator('[name="f-status"][value="missing"]').check()
  await follow(next.page, next.page.getByRole('button', { name: 'Save and continue' }))
  await go(next, `${report}/check`)
  await follow(next.page, next.page.locator('main form button.govuk-button').first())
  await next.page.waitForURL(/\/read-out$/)
  await follow(next.page, next.page.getByRole('link', { name: 'Go to the episode' }).or(next.page.getByRole('button', { name: 'Go to the episode' })))
  await next.page.locator('details').evaluateAll((all) => all.forEach((one) => (one.open = true)))
  assert.match(await words(next.page), /When was .* last seen\? “before tea 6 1 2026”, as it was written/)
  // It is sent for both.
  await go(one, '/')
  assert.doesNotMatch(await words(page), new RegExp(`Report of ${child}, last saved`))
  await go(next, '/board')
  assert.doesNotMatch(await words(next.page), says)
  assert.deepEqual(next.troubles, [])
  await next.close()
  const elsewhere = await member(browser, product, other, { javaScript, ...PHONE })
  for (const where of ['/', '/board', '/report']) {
    await go(elsewhere, where)
    assert.doesNotMatch(await words(elsewhere.page), /began a report/)
  }
  assert.equal((await elsewhere.page.goto(`${report}/check`)).status(), 404)
  await elsewhere.close()
  assert.deepEqual(one.troubles, [])
  if (!javaScript) assert.ok((await accessibleBare(browser, one.seen)) > 3)
  await one.close()
})

told('signing out in another window', 120_000, async (browser, product, javaScript) => {
  const everybody = await people(browser, product)
  const person = everybody.find((one) => one.role.startsWith('social worker'))
  const who = await member(browser, product, person, { javaScript })
  const { page } = who
  await go(who, '/board')
  const child = (await page.locator('.wh-missing__name a').first().getAttribute('href')).split('/episodes/')[0]
  await go(who, `${child}/record/information.received`)
  const text = page.locator('[name="f-text"]')
  await text.fill(TYPED)
  const window = await who.context.newPage()
  await window.goto('/board')
  await Promise.all([window.waitForURL(/sign-in/), window.getByRole('button', { name: 'Sign out' }).first().click()])
  // What still stands in the first window is sent: it is kept, and the page holds nothing of it.
  if (!page.url().includes('sign-in')) await follow(page, page.locator('form.wh-form button.govuk-button').last())
  assert.match(await words(page), /You were signed out before this could be saved/)
  assert.doesNotMatch(await page.content(), /red coat/)
  await signIn(who, person)
  await page.goto('/resume')
  assert.match(await page.content(), /red coat/)
  await who.close()
})
