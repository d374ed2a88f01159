// What a role may not see is not there: no page of a child whom their agency does not work with, no line in a list, nothing found.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { launch, member, of, people } from './lib/people.mjs'
import { start } from './lib/product.mjs'
import { go, search } from './lib/read.mjs'

let product
let browser
let everybody

before(async () => {
  product = await start({ seed: 7, children: 30 })
  browser = await launch()
  everybody = await people(browser, product)
})

after(async () => {
  await browser?.close()
  await product?.stop()
})

/** Every child that somebody finds: name to address. */
async function found(who) {
  const children = new Map()
  for (const address of ['/board', '/']) {
    await go(who, address)
    const links = await who.page.locator('main a[href*="/episodes/"]').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    for (const href of new Set(links.map((one) => one.split('/episodes/')[0]))) {
      await go(who, href)
      children.set((await who.page.locator('h1').first().innerText()).trim(), href)
      if (children.size >= 20) return children
    }
  }
  return children
}

test('a home sees its own children and no others', { timeout: 120_000 }, async () => {
  const wide = await member(browser, product, of('missing co-ordinator', everybody))
  const narrow = await member(browser, product, of("children's home staff", everybody))
  const [all, own] = [await found(wide), await found(narrow)]
  assert.ok(own.size > 0 && all.size > own.size, `${own.size} of ${all.size}`)
  await go(wide, '/board')
  const board = new Map(await wide.page.locator('.wh-missing__name a').evaluateAll((found) => found.map((one) => [one.textContent.trim(), one.getAttribute('href')])))
  const others = [...all].filter(([name]) => !own.has(name))
  assert.ok(others.some(([name]) => board.has(name)), 'one of the others is missing now')

  const refused = async (address) => {
    const answer = await narrow.page.goto(address)
    assert.ok([403, 404].includes(answer.status()), `${address}: ${answer.status()}`)
    return narrow.page.locator('body').innerText()
  }
  for (const [name, href] of others.slice(0, 8)) {
    const pages = [href, `${href}/record/information.received`, `${href}/record/return.recorded`, `${href}/photographs/new`]
    if (board.has(name)) {
      const episode = board.get(name)
      await go(wide, episode)
      const why = await wide.page.locator('a[href*="/why/"]').first().getAttribute('href')
      // Who did not write an entry disputes it: the address of the entry is in that one.
      const dispute = await wide.page.locator('a[href*="/dispute/"]').first().getAttribute('href')
      const correct = dispute.replace('/dispute/', '/correct/')
      pages.push(episode, why, dispute, correct, correct.replace('/correct/', '/withdraw/'))
    }
    for (const address of pages) assert.ok(!(await refused(address)).includes(name), `${address} names ${name}`)
  }
  for (const address of ['/', '/board', '/alerts', '/report', '/search']) {
    await go(narrow, address)
    const said = await narrow.page.locator('main').innerText()
    for (const [name] of others) assert.ok(!said.includes(name), `${address} names ${name}`)
  }
  for (const [name, href] of others.slice(0, 8)) {
    await search(narrow.page, name)
    assert.equal(await narrow.page.locator(`main a[href="${href}"]`).count(), 0, `${name} is found`)
  }
  await Promise.all([wide.close(), narrow.close()])
})

test('whoever runs the system, or counts, sees no child at all', { timeout: 60_000 }, async () => {
  const wide = await member(browser, product, of('missing co-ordinator', everybody))
  const children = await found(wide)
  for (const role of ['system administrator', 'analyst']) {
    const who = await member(browser, product, of(role, everybody))
    for (const address of ['/board', '/search', '/alerts', '/report', [...children.values()][0]]) {
      assert.equal((await who.page.goto(address)).status(), 403, `${role}: ${address}`)
    }
    for (const address of ['/', '/help']) {
      await who.page.goto(address)
      const said = await who.page.locator('body').innerText()
      for (const name of children.keys()) assert.ok(!said.includes(name), `${role}: ${address} names ${name}`)
    }
    await who.close()
  }
  await wide.close()
})

test('nobody sees anything who is not signed in', { timeout: 60_000 }, async () => {
  const wide = await member(browser, product, of('missing co-ordinator', everybody))
  await go(wide, '/board')
  const episode = await wide.page.locator('.wh-missing__name a').first().getAttribute('href')
  await wide.context.clearCookies()
  for (const address of ['/', '/board', '/alerts', '/search', '/report', '/help', episode, episode.split('/episodes/')[0]]) {
    await wide.page.goto(address)
    assert.match(wide.page.url(), /\/sign-in/, address)
  }
  await wide.close()
})
