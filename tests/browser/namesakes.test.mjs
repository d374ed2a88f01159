// Two children of one name and one date of birth in one home: told apart in every list, on their pages and when ringing, and never one by
// mistake. And a child whose name is two hundred letters without a space. With and without JavaScript.

import assert from 'node:assert/strict'
import { accessibleBare, whole } from './lib/checks.mjs'
import { member, of, people } from './lib/people.mjs'
import { fill, go, reportMissing, search, send, words } from './lib/read.mjs'
import { told } from './lib/told.mjs'

const PHONE = 375
const HOME = 'The Willows'
const NAME = 'Sam Okoro'
const BORN = { 'born-day': '3', 'born-month': '4', 'born-year': '2012' }
const LONG = 'Wolfeschlegelsteinhausenberger'.repeat(7).slice(0, 200)
const CHILD = /\/children\/[0-9a-f-]{36}$/

told('two children of one name', 300_000, story)

async function story(browser, product, javaScript) {
  const everybody = await people(browser, product)
  const worker = await member(browser, product, of('social worker', everybody), { javaScript })
  const home = await member(browser, product, of(`children's home staff, ${HOME}`, everybody), { javaScript })
  const { page } = worker
  const look = async (who, what, picture) => {
    if (javaScript) await whole(who, what, picture)
    await fits(who.page, what)
  }
  const place = async (child) => {
    await go(worker, `${child}/placements/move`)
    const willows = await page.locator('[name="home"] option').filter({ hasText: HOME }).first().getAttribute('value')
    await fill(page, { type: 'childrens_home', home: willows, host_authority: 'northamptonshire', planned: 'yes', source: 'seen' })
    await send(page)
    assert.match(await words(page), /It was recorded where the child lives/)
  }

  // The first is opened; of the second the first is offered, with age and home, and nothing is opened before somebody says so.
  await go(worker, '/children/new')
  await fill(page, { name: NAME, ...BORN })
  await send(page)
  await page.waitForURL(CHILD)
  const first = new URL(page.url()).pathname
  await place(first)
  await go(worker, '/children/new')
  await fill(page, { name: NAME, ...BORN, known_as: 'Sammy' })
  await send(page)
  assert.match(await words(page), /Nothing was opened yet[\s\S]*Born 3 April 2012, age 13\s+The Willows\s+The same name, the same date of birth/)
  await look(worker, 'is it one of these children?')
  await page.getByRole('button', { name: /^It is none of them/ }).click()
  await page.waitForURL(CHILD)
  const second = new URL(page.url()).pathname
  assert.notEqual(first, second)
  await place(second)
  await go(worker, '/children/new')
  await fill(page, { name: LONG })
  await send(page)
  await page.waitForURL(CHILD)
  const third = new URL(page.url()).pathname
  await place(third)

  // Neither is asked about again, and nothing was made one.
  await go(worker, `${second}/same`)
  assert.doesNotMatch(await words(page), /Is it the same child/)
  assert.match(await words(page), /Sam Okoro/, 'that they are two is there to read')

  // Their pages, the page to read to the police and the episode say that there is another.
  const other = /Check that this is the child you mean[\s\S]*Sam Okoro, known as Sammy/
  await go(worker, first)
  assert.match(await words(page), other)
  assert.equal(await page.locator(`main a[href="${second}"]`).count(), 1)
  await look(worker, 'a child with a namesake', 'namesakes-child')
  await go(worker, second)
  assert.match(await words(page), /Another child is called the same:\s+Sam Okoro, record opened/)
  await go(home, '/report')
  const rows = await home.page.locator('.wh-found li').filter({ hasText: NAME }).allInnerTexts()
  assert.equal(rows.length, 2)
  assert.equal(rows.filter((row) => row.includes('(known as Sammy)')).length, 1, rows.join('\n'))
  await look(home, 'whom to report, with namesakes and a long name', 'namesakes-report')
  for (const child of [first, second, third]) {
    await go(worker, child)
    await reportMissing(page, child === third ? LONG : NAME)
    if (child === first) assert.match(await words(page), other, 'before it is read to the police')
    await look(worker, 'what is read to the police')
    const episode = await page.locator('a[href*="/episodes/"]').first().getAttribute('href')
    await go(worker, episode)
    if (child === first) assert.match(await words(page), other)
    await look(worker, 'the episode')
  }

  // Every list tells them apart, for the eye and for a screen reader.
  await search(page, NAME)
  assert.deepEqual(await names(page, '.wh-found a strong'), ['Sam Okoro (known as Sammy)', 'Sam Okoro (record opened 03:12 today)'])
  await look(worker, 'a search that finds two of one name')
  await go(worker, '/board')
  assert.deepEqual((await names(page, '.wh-missing__name')).filter((one) => one.startsWith(NAME)).length, 2)
  assert.equal(new Set(await names(page, '.wh-missing__name')).size, await page.locator('.wh-missing__name').count(), 'no two lines are called the same')
  await look(worker, 'the board with namesakes and a long name', 'namesakes-board')
  await go(home, '/to-do/all')
  const due = new Set((await names(home.page, '.wh-duty__child a')).filter((one) => one.startsWith(NAME)))
  assert.equal(due.size, 2, [...due].join('; '))
  await look(home, 'what is to do for namesakes')
  await go(home, '/')
  await look(home, 'the home page with namesakes and a long name')

  if (!javaScript) assert.ok((await accessibleBare(browser, worker.seen)) > 6)
  assert.deepEqual([worker.troubles, home.troubles], [[], []])
}

const names = async (page, selector) => (await page.locator(selector).allInnerTexts()).map((name) => name.trim()).sort()

/** Nothing sticks out at the side of a telephone. */
async function fits(page, what) {
  const size = page.viewportSize()
  await page.setViewportSize({ width: PHONE, height: 800 })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= PHONE, `${what} is ${wide} px wide`)
  await page.setViewportSize(size)
}
