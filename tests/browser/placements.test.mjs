// A child is moved to another county and back: duties follow, the old home's relation ends, and the page tells it all. With and without
// JavaScript. And the people around the child, with a name that is as long as a page is wide.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessibleBare, whole } from './lib/checks.mjs'
import { member, of, people } from './lib/people.mjs'
import { fill, go, send, sure, words, workerOf } from './lib/read.mjs'
import { told } from './lib/told.mjs'

const PHONE = 375
/** The child lives here at first. */
const HOME = 'The Willows'

told('moved to another county and back', 240_000, story)

async function story(browser, product, javaScript) {
  const everybody = await people(browser, product)
  const join = (person) => member(browser, product, person, { javaScript })
  const home = await join(of(`children's home staff, ${HOME}`, everybody))
  await go(home, '/report')
  const found = home.page.locator('.wh-found li').filter({ has: home.page.getByRole('button', { name: /^Report/ }) })
  const name = (await found.first().locator('strong').textContent()).trim()
  const worker = await workerOf(name, everybody, join)
  const { page } = worker
  await Promise.all([page.waitForURL(/\/children\//), page.locator('.wh-found').getByRole('link', { name, exact: true }).first().click()])
  const child = new URL(page.url()).pathname
  const look = async (what, picture) => {
    if (javaScript) await whole(worker, what, picture)
    await fits(page, what)
  }

  // The home sees where the child lives, and does not say where.
  await go(home, `${child}/placements`)
  assert.match(await words(home.page), new RegExp(HOME))
  assert.equal(await home.page.getByRole('button', { name: 'The child moved' }).count(), 0)

  await go(worker, `${child}/placements`)
  assert.match(await page.locator('#now').innerText(), new RegExp(HOME))
  await look('where the child lives', 'placements')
  const before = await asked(worker, child)

  // The form says what is wrong, and loses nothing.
  await page.getByRole('button', { name: 'The child moved' }).click()
  await page.locator('form.wh-form').waitFor()
  await look('the form of a move', 'placements-move')
  const now = await page.locator('[name="from-time"]').inputValue()
  await fill(page, { name: 'The Quay House', 'from-time': '25:61' })
  await send(page)
  assert.match(await page.title(), /^Error: /)
  assert.equal(await page.locator('[name="name"]').inputValue(), 'The Quay House')
  await look('the form of a move, wrong', 'placements-move-wrong')

  // To another county: a home that is not in the directory. What was refused is given back, and put right.
  await go(worker, `${child}/placements/move`)
  await fill(page, {
    'from-time': now,
    type: 'childrens_home',
    name: 'The Quay House',
    address: '2 Ferry Road, Port Averley',
    phone_night: '07700 900455',
    host_authority: 'essex',
    planned: 'no',
    source: 'seen',
  })
  await send(page)
  assert.match(await words(page), /It was recorded where the child lives/)
  assert.match(await page.locator('#now').innerText(), /The Quay House/)
  assert.match(await page.locator('#past').innerText(), new RegExp(HOME))
  assert.equal(await page.locator('#now a[href="tel:07700900455"]').count(), 1)
  await page.locator('#past summary').first().click()
  assert.match(await page.locator('#past').innerText(), /The child moved on/)
  await look('where the child lives after a move', 'placements-moved')
  const away = await asked(worker, child)
  const news = away.filter((act) => !before.includes(act))
  assert.ok(news.length > 0, `a move brings notices; before: ${before.join('; ')}; after: ${away.join('; ')}`)

  // The old home has nothing to do with the child any more.
  await go(worker, `${child}/relations`)
  assert.match(await page.locator('li').filter({ hasText: HOME }).first().innerText(), /until/)
  await go(home, `${child}/placements`)
  assert.doesNotMatch(await words(home.page), /Quay House/)

  // Back again.
  await product.pass(10)
  await go(worker, `${child}/placements/move`)
  const back = await page.locator('[name="home"] option').filter({ hasText: HOME }).first().getAttribute('value')
  await fill(page, { type: 'childrens_home', home: back, planned: 'yes' })
  await send(page)
  assert.match(await page.locator('#now').innerText(), new RegExp(HOME))
  assert.equal(await page.locator('#past article').count() >= 2, true)
  await go(home, `${child}/placements`)
  assert.match(await home.page.locator('#now').innerText(), new RegExp(HOME), 'the home sees the child again')

  // Put right, with a reason, and the old stays to be read.
  await page.locator('#past').getByRole('link', { name: /^Correct\s*: The Quay House/ }).click()
  await page.locator('form.wh-form').waitFor()
  await fill(page, { name: 'The Quay House, Port Averley' })
  await send(page)
  assert.match(await page.title(), /^Error: /, 'a correction needs a reason')
  await fill(page, { reason: 'There are two houses of that name' })
  await send(page)
  await sure(page)
  await page.locator('#past article').filter({ hasText: 'Port Averley' }).locator('summary').first().click()
  assert.match(await page.locator('#past').innerText(), /There are two houses of that name/)

  // A move that never was: whoever takes it back says whether the child lived on where it lived, and everything stands as it stood.
  await product.pass(10)
  const stood = await asked(worker, child)
  await go(worker, `${child}/placements/move`)
  await fill(page, { type: 'childrens_home', name: 'Another House', planned: 'no', source: 'told' })
  await send(page)
  assert.match(await page.locator('#now').innerText(), /Another House/)
  await page.locator('#now').getByRole('link', { name: /^Correct\s*: Another House/ }).click()
  await page.locator('form.wh-form').waitFor()
  await fill(page, { reason: 'It was another child who moved', mistake: 'yes' })
  await look('a move that never was', 'placements-never')
  await send(page)
  assert.match(await page.title(), /^Error: /, 'whether the child lived on is asked')
  await fill(page, { goes_on: 'yes' })
  await send(page)
  await sure(page)
  assert.match(await page.locator('#now').innerText(), new RegExp(HOME))
  assert.match(await page.locator('#mistaken').innerText(), /Another House/)
  assert.deepEqual(await asked(worker, child), stood)
  await go(home, `${child}/placements`)
  assert.match(await home.page.locator('#now').innerText(), new RegExp(HOME), 'the home sees the child as before')

  // The people around the child.
  const long = 'Wolfeschlegelsteinhausenberger'.repeat(7).slice(0, 200)
  await go(worker, `${child}/people`)
  await look('the people around the child', 'people-around')
  await page.getByRole('button', { name: 'Add somebody' }).click()
  await page.locator('form.wh-form').waitFor()
  await look('the form of somebody', 'people-around-add')
  await fill(page, { name: long, kind: 'family', relation: 'great-aunt', phone: '07700 900456', phone2: '01632 960456', told: 'That the child is missing' })
  await send(page)
  assert.match(await words(page), /They were added/)
  assert.equal(await page.locator('a[href="tel:07700900456"]').count(), 1)
  await look('somebody with a long name', 'people-around-long')
  await go(worker, child)
  await fits(page, 'the child with somebody with a long name')
  assert.equal(await page.locator('a[href="tel:01632960456"]').count(), 1)

  // Who the child is: a wrong number is said, and what was typed stays.
  await go(worker, `${child}/particulars`)
  await look('who the child is', 'particulars')
  await go(worker, `${child}/particulars/numbers`)
  await fill(page, { nhs_number: '999 000 0019', police_nominal: 'N-4711' })
  await send(page)
  assert.match(await page.title(), /^Error: /)
  assert.equal(await page.locator('[name="police_nominal"]').inputValue(), 'N-4711')
  await look('a wrong number', 'particulars-wrong')
  await fill(page, { nhs_number: '999 000 0018' })
  await send(page)
  assert.match(await words(page), /999 000 0018/)
  await go(worker, `${child}/particulars/names`)
  await fill(page, { name: long, known_as: 'Wolfe' })
  await send(page)
  await look('a long name of the child', 'particulars-long')
  await go(worker, child)
  await fits(page, 'the child with a long name')
  if (!javaScript) {
    const seen = new Map([...worker.seen].filter(([kind]) => /placements|people|particulars/.test(kind)))
    assert.ok((await accessibleBare(browser, seen)) >= 4)
  }
  assert.deepEqual(worker.troubles, [])
  await Promise.all([home.close(), worker.close()])
}

/** The acts that are asked on the child's page. */
async function asked(who, child) {
  await go(who, child)
  await go(who, `${child}/due`)
  const acts = await who.page.locator('.wh-duty h2').allInnerTexts()
  await go(who, `${child}/placements`)
  return acts.map((act) => act.trim())
}

/** Nothing sticks out at the side of a telephone. */
async function fits(page, what) {
  const size = page.viewportSize()
  await page.setViewportSize({ width: PHONE, height: 700 })
  const wide = await page.evaluate((width) => {
    if (document.documentElement.scrollWidth <= width) return []
    const out = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1)
    return out.slice(0, 4).map((one) => one.outerHTML.slice(0, 120))
  }, PHONE)
  assert.deepEqual(wide, [], `${what} at ${PHONE} px`)
  await page.setViewportSize(size)
}
