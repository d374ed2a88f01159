// Somebody who is around two children: found, said to be one, read in both records, taken back. Whoever sees one of the children finds no trace of
// the other. With and without JavaScript.

import assert from 'node:assert/strict'
import { accessibleBare, whole } from './lib/checks.mjs'
import { member, of, people } from './lib/people.mjs'
import { fill, follow, go, search, send, words, workerOf } from './lib/read.mjs'
import { told } from './lib/told.mjs'

const OTHER = 'Alexandra Thorne'
const HERE = { name: 'Gerald Tranter', kind: 'associate', relation: 'a friend of a cousin', phone: '07700 900451' }
const THERE = { name: 'Gerrald Tranter', kind: 'risk', relation: 'drove them to the coast', phone: '+44 7700 900451', phone2: '07700 900888' }

told('one person around two children', 300_000, story)

async function story(browser, product, javaScript) {
  const everybody = await people(browser, product)
  const join = (person) => member(browser, product, person, { javaScript })
  const home = await join(of("children's home staff, The Willows", everybody))
  await go(home, '/report')
  const listed = home.page.locator('.wh-found li').filter({ has: home.page.getByRole('button', { name: /^Report/ }) })
  const name = (await listed.first().locator('strong').textContent()).trim()
  const worker = await workerOf(name, everybody, join)
  const { page } = worker
  const look = async (what, picture) => {
    if (javaScript) await whole(worker, what, picture)
  }
  const link = page.locator('.wh-found').getByRole('link', { name, exact: true })
  const child = await link.getAttribute('href')

  // The other child is one whom the home does not know.
  await go(worker, '/children/new')
  await fill(page, { name: OTHER })
  await send(page)
  const other = new URL(page.url()).pathname
  const add = async (who, address, somebody) => {
    await go(who, `${address}/people/add`)
    await fill(who.page, somebody)
    await send(who.page)
    assert.match(await words(who.page), /They were added/)
  }
  await add(home, child, HERE)
  await add(worker, other, THERE)
  const before = await everything(home, child)

  // Found by the number, and said to be one.
  await go(worker, `${child}/people`)
  await follow(page, page.getByRole('link', { name: HERE.name, exact: true }))
  const one = new URL(page.url()).pathname
  await look('somebody around a child', 'person')
  await follow(page, page.getByRole('button', { name: 'The same person as somebody else' }))
  assert.match(await words(page), /1 person found[\s\S]*Gerrald Tranter, around Alexandra Thorne[\s\S]*the same telephone number/i)
  await look('who somebody is in other records', 'person-same')
  // By something else, too: what was typed stays.
  await fill(page, { phone: '07700 900888' })
  await send(page, 'Find')
  assert.match(await words(page), /1 person found/)
  assert.equal(await page.locator('[name="phone"]').inputValue(), '07700 900888')
  await page.locator('[data-offer] [name="reason"]').fill('Both call him Gerry')
  await follow(page, page.getByRole('button', { name: /^The same person/ }))
  assert.equal(new URL(page.url()).pathname, one)
  const said = await words(page)
  assert.match(said, /Poses a risk, by the record of Alexandra Thorne/)
  assert.match(said, /Said otherwise there[\s\S]*07700 900888/)
  assert.match(said, /Said by .*Both call him Gerry/)
  await look('somebody around two children', 'person-two')

  // What is said there is offered, and written by whoever sends it.
  await follow(page, page.getByRole('link', { name: /^Take it over\s*: Telephone/ }))
  assert.equal(await page.locator('[name="phone2"]').inputValue(), '07700 900888')
  assert.equal(await page.locator('[name="phone"]').inputValue(), HERE.phone)
  await go(worker, `${child}/people`)
  assert.match(await words(page), /Gerald Tranter[\s\S]*Poses a risk by the record of Alexandra Thorne[\s\S]*Also around Alexandra Thorne/)
  await look('the people around a child, one around another as well', 'people-two')

  // The home sees what it saw before, and nothing else.
  assert.deepEqual(await everything(home, child), before)

  // Taken back, with a reason.
  await go(worker, one)
  await page.locator('[data-elsewhere] summary').filter({ hasText: 'They are two persons' }).click()
  await page.getByRole('button', { name: 'Take it back' }).click()
  await page.locator('.govuk-error-summary').waitFor()
  await look('two persons, without a reason', 'person-part-wrong')
  await page.locator('[data-elsewhere] [name="reason"]').fill('He has a brother of that name')
  await send(page, 'Take it back')
  assert.match(await words(page), /they are two persons/)
  assert.equal(await page.locator('[data-elsewhere]').count(), 0)
  await search(page, name)
  for (const who of [home, worker]) assert.deepEqual(who.troubles, [])
  if (!javaScript) assert.ok((await accessibleBare(browser, new Map([...home.seen, ...worker.seen]))) > 5)
}

/** What somebody reads of a child and of the people around it, but for how long ago something was. */
async function everything(who, child) {
  const found = []
  await go(who, `${child}/people`)
  const one = await who.page.getByRole('link', { name: HERE.name, exact: true }).getAttribute('href')
  for (const address of [child, `${child}/people`, one, one.replace('/one/', '/same/'), `${child}/same`]) {
    await go(who, address)
    found.push(await words(who.page))
  }
  assert.doesNotMatch(found.join('\n'), /Alexandra|Gerrald/)
  return found
}
