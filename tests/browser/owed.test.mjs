// What is owed once a child is back stands on the list of whoever owes it; what another agency has to say is told, and shown as told; and a
// form is one form, wherever it is opened.

import assert from 'node:assert/strict'
import { accessible, accessibleBare, narrow } from './lib/checks.mjs'
import { member, of, people } from './lib/people.mjs'
import { follow, go, reportMissing } from './lib/read.mjs'
import { told } from './lib/told.mjs'

const WIDE = { width: 1280, height: 900 }

told('what is owed once the child is back', 240_000, owed)

async function owed(browser, product, javaScript) {
  const everybody = await people(browser, product)
  const home = await member(browser, product, of("children's home staff, The Willows", everybody), { javaScript, ...WIDE })
  const { page } = home
  const words = () => page.locator('main').innerText()
  const button = (name) => page.getByRole('button', { name })

  // She is gone, and is back before anybody is known to have rung the police.
  await go(home, '/')
  await follow(page, page.locator('.wh-nav__report a'))
  const child = (await page.locator('.wh-found li').filter({ has: button(/^Report/) }).first().locator('strong').textContent()).trim()
  await reportMissing(page, child)
  await product.pass(30)
  await go(home, '/to-do/all')
  await follow(page, page.locator('.wh-duty__child a[href*="/episodes/"]').filter({ hasText: child }).first())
  const episode = new URL(page.url()).pathname
  const base = episode.split('/episodes/')[0]
  const number = episode.split('/').pop()
  await go(home, `${base}/record/return.recorded?episode=${number}`)
  await follow(page, button('Record'))
  assert.match(await words(), /Returned after/)

  // The question stands on the home's list until it is answered, and leads to either answer.
  const asked = async () => {
    await go(home, '/to-do/all')
    return page.locator('.wh-duty, .wh-next').filter({ hasText: 'Were the police told?' }).filter({ hasText: child })
  }
  assert.equal(await (await asked()).count(), 1)
  await product.pass(26 * 60)
  assert.equal(await (await asked()).count(), 1, 'a day later it still stands')
  await follow(page, (await asked()).locator('.wh-duty__do a'))
  assert.match(await words(), /Why was it not reported/)
  await follow(page, page.locator('main').getByRole('link', { name: 'The child was reported to the police' }))
  assert.match(page.url(), /record\/police\.reported/)
  await follow(page, page.locator('main').getByRole('link', { name: /not reported/ }))
  await page.locator('[name="f-reason"]').fill('Each of us thought that the other had rung.')
  if (javaScript) {
    await accessible(page, 'why nobody told the police')
    await narrow(page, 'why nobody told the police')
    await page.setViewportSize(WIDE)
  }
  await follow(page, button('Record'))
  assert.equal(await (await asked()).count(), 0, 'answered')

  // What the police have to say is told, by whom, and no power runs as a fact.
  await go(home, `${base}/record/police_protection.started?paper=1&episode=${number}`)
  await follow(page, button('Record'))
  await go(home, episode)
  const strip = page.locator('.wh-strip')
  assert.match(await strip.innerText(), /As told\s+Told by .+, not confirmed by .+ If it is so, it ends in/i)
  if (javaScript) await accessible(page, 'an episode with a power that is told')

  // An act of the police put down in the home's own name is told too.
  await go(home, `${base}/record/action.recorded?act=enquiry.run&episode=${number}`)
  await page.locator('[name="f-items"]').fill('The superintendent has authorised it.')
  await page.locator('[name="by"][value="home_staff"]').check()
  await follow(page, button('Record'))
  await go(home, episode)
  const entry = page.locator('.wh-timeline__item').filter({ hasText: 'superintendent' })
  assert.match(await entry.innerText(), /As told\s+Told by .*police.*, and not confirmed yet/i)

  // On paper whom to ring is there, by name and number, though it is folded on the page.
  await page.emulateMedia({ media: 'print' })
  assert.match(await page.locator('#ring').innerText(), /101|999/)
  assert.match(await page.locator('#ring .wh-ring').innerText(), /\p{Lu}\p{L}+ \p{Lu}\p{L}+[^\d]+0\d{4} ?\d{6}/u)
  await page.emulateMedia({ media: null })

  // A form is one form, opened again or in a second tab, and nothing typed is lost.
  const form = `${base}/forms/childrens-home/incident_form`
  const second = await home.context.newPage()
  await go(home, form)
  await second.goto(form)
  const type = async (tab, text) => {
    await tab.locator('main form.wh-fill textarea:visible').first().fill(text)
    await Promise.all([tab.waitForEvent('framenavigated'), tab.getByRole('button', { name: 'Save and come back later' }).click()])
    await tab.waitForLoadState()
  }
  await type(page, 'Said at the desk')
  assert.match(await words(), /The form is saved/)
  await type(second, 'Said on the phone')
  assert.match(await second.locator('main').innerText(), /saved in another place while you had it open here/)
  assert.match(await second.locator('.wh-differs').innerText(), /Said at the desk/)
  await type(second, 'Said at the desk, and on the phone')
  await go(home, form)
  assert.match(page.url(), /\/forms\/draft\//)
  assert.equal(await page.locator('main form.wh-fill textarea:visible').first().inputValue(), 'Said at the desk, and on the phone')
  await go(home, `${base}/forms`)
  assert.equal(await page.locator('a[href*="/forms/draft/"]').count(), 1, 'one draft')
  assert.deepEqual(home.troubles, [])
  if (!javaScript) await accessibleBare(browser, home.seen)
}
