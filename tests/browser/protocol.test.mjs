// A protocol on pages of its own, whom to ring, and a checklist answered: with and without JavaScript, on a narrow telephone, on paper.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accessibleBare, whole } from './lib/checks.mjs'
import { launch, member, people } from './lib/people.mjs'
import { start } from './lib/product.mjs'

let product
let browser
let everybody

before(async () => {
  product = await start({ seed: 7, children: 14 })
  browser = await launch()
  everybody = await people(browser, product)
})

after(async () => {
  await browser?.close()
  await product?.stop()
})

const somebody = (role) => everybody.find((person) => person.role.startsWith(role))
const links = (page, selector) => page.locator(selector).evaluateAll((found) => found.map((link) => link.getAttribute('href')))
const PARTS = ['', '/contacts', '/steps', '/words', '/powers', '/guidance', '/permissions', '/registers', '/forms', '/chairs', '/refused', '/figures']

test('every part of a protocol, by somebody of a home', { timeout: 240_000 }, async () => {
  const who = await member(browser, product, somebody("children's home staff"))
  const { page } = who
  await page.goto('/help')
  await page.getByRole('link', { name: /^Northamptonshire: children/ }).click()
  await page.getByRole('heading', { name: 'What this protocol is' }).waitFor()
  for (const part of PARTS) {
    const address = `/protocol/northamptonshire${part}`
    const answer = await page.goto(address)
    assert.equal(answer.status(), 200, address)
    await whole(who, address, `protocol${part.replace('/', '-')}`)
  }
  await page.goto('/protocol/northamptonshire/steps')
  const owners = await links(page, '.wh-protocol__pages a')
  assert.ok(owners.length > 10, `${owners.length} owners`)
  await page.goto(owners[0])
  await whole(who, owners[0], 'protocol-steps-one')
  await page.goto('/protocol/bedfordshire/forms')
  const forms = await links(page, '.wh-protocol__pages a')
  await page.goto(forms[0])
  await whole(who, forms[0], 'protocol-form')
  await who.close()
})

test('the page for the wall fits a telephone of 375 px, and prints its numbers without what is pressed', { timeout: 60_000 }, async () => {
  const who = await member(browser, product, somebody('police missing'), { width: 375, height: 700 })
  const { page } = who
  await page.goto('/protocol/northamptonshire/contacts')
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 375))
  assert.equal(await page.locator('a[href="tel:101,341015"]').count(), 1)
  await page.emulateMedia({ media: 'print' })
  assert.ok(await page.getByText('01604 888345').isVisible())
  assert.equal(await page.locator('.wh-subnav').isVisible(), false)
  assert.equal(await page.locator('[data-print]').isVisible(), false)
  await who.close()
})

for (const javaScript of [true, false]) {
  test(`whom to ring, the words and a checklist, ${javaScript ? 'with' : 'without'} JavaScript`, { timeout: 120_000 }, async () => {
    const who = await member(browser, product, somebody('social worker'), { javaScript, width: 375, height: 700 })
    const { page } = who
    await page.goto('/board')
    await page.goto((await links(page, '.wh-missing__name a'))[0])
    await page.locator('#ring > summary').click()
    assert.ok(await page.locator('#ring a[href="tel:101"]').first().isVisible())
    assert.match(await page.locator('.wh-ringing__say').innerText(), /^Say: I am ringing about /)
    if (javaScript) await whole(who, 'an episode with whom to ring open', 'episode-ring')
    await page.goto('/to-do/all')
    const asked = await links(page, '.wh-duty__do a')
    let found = false
    let recorded = ''
    for (const address of asked) {
      await page.goto(address)
      if ((await page.locator('.wh-check').count()) > 1 && address.includes('action.recorded')) {
        found = true
        recorded = address
        break
      }
    }
    assert.ok(found, 'some act has a checklist')
    if (javaScript) await whole(who, 'a form with a checklist', 'checklist')
    const [first, second] = [page.locator('.wh-check').nth(0), page.locator('.wh-check').nth(1)]
    await first.getByLabel('Yes', { exact: true }).check()
    await second.getByLabel('No', { exact: true }).check()
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    await page.locator('.govuk-error-summary').waitFor()
    assert.match(await page.title(), /^Error: /)
    if (javaScript) await whole(who, 'a no without why', 'checklist-wrong')
    assert.ok(await page.locator('.wh-check').nth(0).getByLabel('Yes', { exact: true }).isChecked())
    await page.locator('.wh-check').nth(1).locator('input.govuk-input').fill('The office was shut')
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    // One lands back where one came from; the entry stands in the episode.
    await page.waitForURL(/\/to-do\/all/)
    await page.goto(recorded.split('/record/')[0])
    await page.goto((await links(page, 'a[href*="/episodes/"]'))[0])
    assert.ok((await page.locator('.wh-checked').first().innerText()).includes('The office was shut'))
    if (javaScript) await whole(who, 'a checklist in the timeline', 'checklist-told')
    else assert.ok((await accessibleBare(browser, who.seen)) > 2)
    await who.close()
  })
}
