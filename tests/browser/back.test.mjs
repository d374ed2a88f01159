// Back, after a form was refused: what was typed is there, the browser never asks whether to send a form again, and nobody else finds it.
// With a browser that keeps no page of its own, as over TLS: what is on the page then comes from the server.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { whole } from './lib/checks.mjs'
import { launch, member, of, people, signIn } from './lib/people.mjs'
import { start } from './lib/product.mjs'
import { fill, follow, go, send, words } from './lib/read.mjs'

let product
let browser
let everybody

before(async () => {
  product = await start({ seed: 7, children: 16 })
  browser = await launch()
  everybody = await people(browser, product)
})

after(async () => {
  await browser?.close()
  await product?.stop()
})

const TYPED = 'A lad in a grey hood & his dog, platform <4>'

/** Back or forward by the browser's own button. It never comes to a page of the browser's. */
async function traverse(page, way) {
  await (way === 'back' ? page.goBack() : page.goForward())
  await page.waitForLoadState()
  assert.match(page.url(), /^http:\/\/127\.0\.0\.1/, 'the browser asks nothing')
  assert.doesNotMatch(await page.title(), /ERR_|127\.0\.0\.1/)
}

/** An empty form, whatever the browser would fill in by itself: what the server wrote. */
async function written(page, name) {
  return page.locator(`[name="${name}"]`).evaluate((one) => one.defaultValue)
}

/** The forms of different kinds: of an event, of what is known of a child, of a placement, of who is around a child, of a report. */
const FORMS = [
  {
    what: 'an entry',
    open: (child) => `${child}/record/information.received?back=%2Fboard`,
    wrong: { 'f-text': TYPED, 'occurred-time': '25:77' },
    field: 'f-text',
    mended: { 'occurred-time': '03:05' },
  },
  {
    what: 'somebody around the child',
    open: (child) => `${child}/people/add`,
    wrong: { address: TYPED },
    field: 'address',
  },
  {
    what: 'a placement',
    open: (child) => `${child}/placements/move`,
    wrong: { address: TYPED },
    field: 'address',
  },
]

for (const javaScript of [true, false]) {
  for (const form of FORMS) {
    test(`${form.what}, ${javaScript ? 'with' : 'without'} JavaScript`, { timeout: 90_000 }, async () => {
      const who = await member(browser, product, of('social worker', everybody), { javaScript })
      const { page } = who
      await go(who, '/board')
      const child = (await page.locator('.wh-missing__name a').first().getAttribute('href')).split('/episodes/')[0]
      await go(who, form.open(child))
      const address = page.url()
      await fill(page, form.wrong)
      await send(page)
      // Refused, twice over: it says so, on the address of the form.
      await page.locator('.govuk-error-summary').waitFor()
      assert.equal(page.url(), address)
      await send(page)
      assert.equal(await written(page, form.field), TYPED)
      if (javaScript) await whole(who, form.what)
      for (const way of ['back', 'forward', 'back', 'back']) {
        await traverse(page, way)
        if (page.url() === address) assert.equal(await written(page, form.field), TYPED, way)
      }
      await go(who, form.open(child))
      await page.reload()
      assert.equal(await written(page, form.field), TYPED)
      if (form.mended) {
        await fill(page, form.mended)
        await send(page)
        await page.waitForURL(/\/board$/)
        // It is saved: the form behind it is empty, and asks nothing.
        await traverse(page, 'back')
        assert.equal(page.url(), address)
        assert.equal(await written(page, form.field), '')
      } else {
        await follow(page, page.getByRole('button', { name: 'Throw it away and begin again' }))
        assert.equal(page.url(), address)
        assert.equal(await written(page, form.field), '')
      }
      assert.deepEqual(who.troubles.filter((one) => !/422|409/.test(one)), [])
      await who.close()
    })
  }
}

test('whoever signs in next at the same computer finds nothing, by Back or by the address', { timeout: 60_000 }, async () => {
  const who = await member(browser, product, of('police missing', everybody))
  const { page } = who
  await go(who, '/board')
  const child = (await page.locator('.wh-missing__name a').first().getAttribute('href')).split('/episodes/')[0]
  await go(who, `${child}/record/information.received`)
  const address = page.url()
  await fill(page, { 'f-text': TYPED, 'occurred-time': '25:77' })
  await send(page)
  await page.locator('.govuk-error-summary').waitFor()
  await follow(page, page.getByRole('button', { name: 'Sign out' }))
  await page.goBack()
  assert.doesNotMatch(await page.content(), /grey hood/)
  const next = of('missing co-ordinator', everybody)
  await page.goto('/sign-in')
  await signIn(who, next)
  await page.goto(address)
  assert.doesNotMatch(await page.content(), /grey hood/)
  assert.equal(await page.locator('[name="f-text"]').inputValue(), '')
  assert.doesNotMatch(await words(page), /What you typed on this page/)
  await who.close()
})
