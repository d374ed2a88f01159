// What goes wrong at a browser: the line is cut, somebody presses twice, goes back, or is signed out while typing. Nothing is recorded
// twice, and nothing that was typed is lost.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, member, of, people } from './lib/people.mjs'
import { start } from './lib/product.mjs'
import { fill, go, send, words } from './lib/read.mjs'

let product
let browser
let person
let carer

before(async () => {
  product = await start({ seed: 7, children: 16 })
  browser = await launch()
  const everybody = await people(browser, product)
  person = of('missing co-ordinator', everybody)
  carer = of("children's home staff", everybody)
})

after(async () => {
  await browser?.close()
  await product?.stop()
})

/** Somebody before the form for news of a child who is missing, in which a sentence is typed. */
async function typing(sentence, options) {
  const who = await member(browser, product, person, options)
  await go(who, '/board')
  const episode = await who.page.locator('.wh-missing__name a').first().getAttribute('href')
  await go(who, `${episode.split('/episodes/')[0]}/record/information.received`)
  await fill(who.page, { 'f-text': sentence })
  return { who, page: who.page, episode }
}

const button = (page) => page.locator('.wh-form button.govuk-button[type=submit]')

/** How many entries of the timeline say this. */
async function recorded({ who, page, episode }, sentence) {
  await go(who, episode)
  return page.locator('.wh-timeline__item').filter({ hasText: sentence }).count()
}

for (const javaScript of [true, false]) {
  test(`the network is cut while a form is sent, ${javaScript ? 'with' : 'without'} JavaScript`, { timeout: 60_000 }, async () => {
    const sentence = `Seen at the harbour ${javaScript}`
    const at = await typing(sentence, { javaScript })
    await at.who.context.setOffline(true)
    await button(at.page).click()
    if (javaScript) {
      await at.page.locator('[data-unsent]').waitFor()
      assert.match(await words(at.page), /Nothing that you typed is lost/)
      assert.equal(await at.page.locator('[name="f-text"]').inputValue(), sentence)
      await at.who.context.setOffline(false)
    } else {
      await at.page.waitForTimeout(500)
      await at.who.context.setOffline(false)
    }
    // Without scripts the browser shows its own page for a lost line, and sends the form again when that is loaded anew.
    if (javaScript) await send(at.page)
    else await at.page.reload()
    assert.equal(await recorded(at, sentence), 1)
    await at.who.close()
  })
}

test('the answer is lost after saving, and the form is sent again: one entry', { timeout: 60_000 }, async () => {
  const sentence = 'Seen by a bus driver'
  const at = await typing(sentence, { javaScript: false })
  let lost = 0
  await at.page.route('**/record/information.received', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue()
    lost += 1
    await route.fetch({ maxRedirects: 0 })
    await route.abort('connectionreset')
  })
  await button(at.page).click()
  await at.page.waitForTimeout(500)
  assert.equal(lost, 1, 'it was sent once, and its answer was lost')
  await at.page.reload()
  await at.page.waitForURL(/\/episodes\//)
  assert.equal(await recorded(at, sentence), 1)
  await at.who.close()
})

test('the back button after saving, and saved once more: one entry', { timeout: 60_000 }, async () => {
  const sentence = 'Seen at the skate park'
  const at = await typing(sentence)
  await send(at.page)
  await at.page.waitForURL(/\/episodes\//)
  await at.page.goBack()
  await button(at.page).waitFor()
  await send(at.page)
  await at.page.waitForURL(/\/episodes\//)
  assert.equal(await recorded(at, sentence), 1)
  await at.who.close()
})

for (const javaScript of [true, false]) {
  test(`a double click on the button, ${javaScript ? 'with' : 'without'} JavaScript: one entry`, { timeout: 60_000 }, async () => {
    const sentence = `Seen in the library ${javaScript}`
    const at = await typing(sentence, { javaScript })
    await button(at.page).dblclick({ noWaitAfter: true })
    await at.page.waitForURL(/\/episodes\//)
    assert.equal(await recorded(at, sentence), 1)
    await at.who.close()
  })
}

test('signed out while typing: what was typed is there after signing in again', { timeout: 60_000 }, async () => {
  const sentence = 'Rang a friend at half past two, and would not say from where'
  const at = await typing(sentence)
  // Nothing was sent for a quarter of an hour: the session is locked.
  await product.pass(16)
  await button(at.page).click()
  await at.page.getByLabel('Username').waitFor()
  assert.ok(!(await at.page.content()).includes('Rang a friend'), 'the page holds nothing of it')
  assert.match(await words(at.page), /What you typed is kept/)
  await at.page.getByLabel('Username').fill(person.username)
  await at.page.getByLabel('Password', { exact: true }).fill(person.password)
  await at.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await at.page.getByText('has not been saved yet').waitFor()
  await at.page.getByRole('button', { name: 'Save it now' }).click()
  await at.page.waitForURL(/\/episodes\//)
  assert.equal(await recorded(at, sentence), 1)
  await at.who.close()
})

test('a report that was begun is there after signing in at another browser', { timeout: 60_000 }, async () => {
  const who = await member(browser, product, carer)
  await go(who, '/report')
  await who.page.getByRole('button', { name: /^Report\s+\S/ }).first().click()
  await who.page.waitForURL(/\/status$/)
  await fill(who.page, { 'f-status': 'missing' })
  await send(who.page)
  await who.close()
  const again = await member(browser, product, carer)
  await go(again, '/')
  await again.page.getByRole('link', { name: /^Report of / }).click()
  await again.page.waitForURL(/\/noticed$/)
  await again.page.getByRole('button', { name: /^What is known/ }).click()
  assert.ok(await again.page.locator('[name="f-status"][value="missing"]').isChecked())
  await again.close()
})
