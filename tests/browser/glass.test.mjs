// Breaking the glass: from wanting to see a record to seeing it, and who is told.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, member, of, people } from './lib/people.mjs'
import { start } from './lib/product.mjs'
import { go } from './lib/read.mjs'

let [browser, product, everybody] = []
before(async () => {
  product = await start()
  browser = await launch()
  everybody = await people(browser, product)
})
after(async () => {
  await browser?.close()
  await product?.stop()
})

test('the glass is broken in under fifteen seconds, and whoever guards the record sees it within a minute', { timeout: 120_000 }, async () => {
  const wide = await member(browser, product, of('missing co-ordinator', everybody))
  await go(wide, '/board')
  const children = [...new Set(await wide.page.locator('a[href*="/episodes/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href').split('/episodes/')[0])))]
  // A social worker to whom one of them is nothing.
  const stranger = await member(browser, product, of('social worker', everybody))
  let child
  for (const one of children) {
    if ((await stranger.page.goto(one)).status() === 403) {
      child = one
      break
    }
  }
  assert.ok(child, 'some child is of another team')
  const begun = Date.now()
  await go(stranger, `${child}/access`)
  await stranger.page.locator('[name="reason"]').fill('She stands at our door and I have to know whom to ring')
  await stranger.page.getByRole('button', { name: 'Break the glass' }).click()
  await stranger.page.waitForURL((url) => url.pathname === child)
  assert.ok(Date.now() - begun < 15_000, `${Date.now() - begun} ms`)
  assert.match(await stranger.page.locator('main').innerText(), /broke the glass/)
  // The head of service guards the records of an agency that has nobody of its own for it.
  const guardian = await member(browser, product, of('head of service', everybody))
  await go(guardian, '/looks')
  assert.match(await guardian.page.locator('main').innerText(), /broke the glass/i)
  assert.ok(Date.now() - begun < 60_000)
  await Promise.all([wide.close(), stranger.close(), guardian.close()])
})
