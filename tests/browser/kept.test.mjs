// A child whom nobody knew, from the name alone to the 18th birthday: reported with the police first, each gap filled from its link, placed,
// moved to another county and back, missing again, and eighteen before anybody found them. The duties follow. With and without JavaScript.

import assert from 'node:assert/strict'
import { accessibleBare, whole } from './lib/checks.mjs'
import { member, of, people } from './lib/people.mjs'
import { begin, fill, follow, go, line, recordFrom, reportMissing, send, todo, words } from './lib/read.mjs'
import { told } from './lib/told.mjs'

const PHONE = 375
const DAY = 24 * 60
const HOME = 'The Willows'
const NAME = 'Alex Thorne'
/** The 18th birthday is two weeks after the story begins, which is on 6 January 2026. */
const BORN = { day: '20', month: '1', year: '2008' }
const MEETING = 'Hold the Missing Child Meeting: 18th birthday'
/** What is answered where a gap asks; all else by no. */
const KNOWN = { 'child.looked_after': 'yes', 'placement.type': 'childrens_home', 'placement.provider': 'childrens-home' }

told("a child's record from the name alone to eighteen", 420_000, story)

async function story(browser, product, javaScript) {
  const everybody = await people(browser, product)
  const worker = await member(browser, product, of('social worker', everybody), { javaScript })
  const home = await member(browser, product, of(`children's home staff, ${HOME}`, everybody), { javaScript })
  const { page } = worker
  const look = async (what, picture) => {
    if (javaScript) await whole(worker, what, picture)
    await fits(page, what)
  }

  // By name only: the police before all others, and no other county speaks.
  await go(worker, '/children/new')
  await fill(page, { name: NAME })
  await send(page)
  const child = new URL(page.url()).pathname
  await look('a child of whom the name is known', 'kept-name')
  await reportMissing(page, NAME)
  const first = await page.locator('a[href*="/episodes/"]').first().getAttribute('href')
  await go(worker, first)
  const lines = await visible(page)
  assert.ok(lines.length < 12, `${lines.length} lines`)
  assert.match(lines[0], /to the police/)
  assert.doesNotMatch(await page.locator('#due').textContent(), /Bedfordshire|Essex|Wakefield/)
  await look('an episode of a child of whom the name is known')
  await gaps(worker, first, javaScript, look)

  // Back, and placed: the home sees the child from then on.
  await product.pass(60)
  await go(worker, first)
  await recordFrom(worker, 'The child came back')
  await send(page, 'Record')
  assert.deepEqual(await due(worker, child, 'Hold the Independent Return Interview'), ['by 04:12 on Fri 9 Jan'])
  await go(home, child)
  assert.doesNotMatch(await words(home.page), new RegExp(NAME), 'the home has nothing to do with the child yet')
  const place = async (given) => {
    await go(worker, `${child}/placements/move`)
    await fill(page, { type: 'childrens_home', source: 'seen', ...given })
    await send(page)
    assert.match(await words(page), /It was recorded where the child lives/)
  }
  await go(worker, `${child}/placements/move`)
  const willows = await page.locator('[name="home"] option').filter({ hasText: HOME }).first().getAttribute('value')
  const here = { home: willows, host_authority: 'northamptonshire', provider: 'childrens-home' }
  await place({ ...here, planned: 'yes' })
  await look('the first placement', 'kept-placed')
  await go(home, child)
  assert.match(await words(home.page), new RegExp(NAME))

  // To Essex: what a placement out of the county asks arises, and the home loses sight.
  await product.pass(2 * DAY)
  const notify = 'Notify the host authority of the placement'
  assert.deepEqual(await due(worker, child, notify), [])
  await place({ name: 'The Quay House', address: '2 Ferry Road, Port Averley', host_authority: 'essex', planned: 'no' })
  assert.equal((await due(worker, child, notify)).length, 1)
  await look('placed in another county', 'kept-away')
  await go(home, child)
  assert.doesNotMatch(await words(home.page), /Quay House/)

  // And back.
  await product.pass(2 * DAY)
  await place({ ...here, planned: 'yes' })
  await go(home, `${child}/placements`)
  assert.match(await home.page.locator('#now').innerText(), new RegExp(HOME))

  // Missing again, from the home, three days before the 18th birthday.
  await product.pass(7 * DAY)
  await go(home, child)
  await reportMissing(home.page, NAME)
  const second = await home.page.locator('a[href*="/episodes/"]').first().getAttribute('href')
  await go(worker, second)
  assert.match((await visible(page))[0], /to the police/)
  await product.pass(2 * DAY + 19 * 60)
  await go(worker, child)
  assert.match(await words(page), /Age 17[\s\S]*18 tomorrow/, 'the day before, the page says that the birthday comes')
  assert.deepEqual(await due(worker, child, MEETING), [], 'the meeting is not due at 23:12 of the day before')
  await look('the day before the birthday', 'kept-seventeen')

  // The day itself: the meeting is due by its end, and its page says why.
  await product.pass(60)
  assert.equal(line(await todo(worker, NAME), MEETING).by, 'by 23:59 today')
  await go(worker, second)
  assert.match(await words(page), /Age 18/)
  await go(worker, child)
  assert.match(await words(page), /18 today/)
  await look('the 18th birthday', 'kept-eighteen')
  await go(worker, `${child}/due`)
  await turn(page, page.locator('.wh-duty').filter({ hasText: MEETING }).first(), (one) => follow(page, one.getByRole('link', { name: /^Why/ })))
  assert.match(await words(page), /18th birthday/)
  assert.match(await words(page), /18 \(date of birth 20 January 2008\)|turned 18|Age.*18/i)
  await look('why the meeting is due', 'kept-why')

  // It is held, and asks for the decision with its proviso.
  await product.pass(10 * 60)
  await begin(worker, MEETING, NAME)
  await fill(page, { 'f-chair': 'assistant_director', 'f-attended': ['social_worker', 'police_missing_unit'] })
  await page.getByLabel('What was decided, and why?').fill('The case stays open until Alex is found.')
  await send(page)
  assert.match(await words(page), /Recorded: a meeting was held/)
  assert.deepEqual(await due(worker, child, MEETING), [])
  assert.equal((await due(worker, child, 'only with the proviso that it is reopened')).length, 1)

  // Being looked after ends; the young person is found, and what a child's episode brought about is still owed.
  await product.pass(60)
  await go(worker, second)
  await recordFrom(worker, 'The child came back')
  await send(page, 'Record')
  assert.equal((await due(worker, child, 'Hold the Independent Return Interview')).length >= 1, true, 'owed as it was for a child')
  await go(worker, `${child}/facts/care/change`)
  await fill(page, { 'f-child.looked_after': 'no', 'how-long': 'since', since: ['2026-01-20', '00:00'], source: 'seen' })
  await send(page)
  assert.match(await page.locator('[id="fact-child.looked_after"] dd').first().innerText(), /^No/)
  await look('what is known of somebody who is eighteen')

  // Gone once more: the protocols about children are silent, and say so.
  await product.pass(DAY)
  await go(worker, child)
  await reportMissing(page, NAME)
  const third = await page.locator('a[href*="/episodes/"]').first().getAttribute('href')
  await go(worker, third)
  assert.deepEqual(await visible(page), [])
  const said = await page.locator('#warnings').innerText()
  assert.match(said, /No protocol that applies here .*Northamptonshire.* is about Alex Thorne[\s\S]*reported to the police at any age: 101/)
  await look('an episode of somebody who is eighteen', 'kept-grown')

  if (!javaScript) assert.ok((await accessibleBare(browser, worker.seen)) > 8)
  assert.deepEqual([worker.troubles, home.troubles], [[], []])
}

/** Each gap of an episode is filled from its link, which leads back to it. */
async function gaps({ page }, episode, javaScript, look) {
  const filled = []
  for (;;) {
    const links = await page.locator('#decides a, #due .wh-duty__note a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    const next = links.find((href) => href.includes('/facts/') && !filled.includes(href.split('#fact-')[1]))
    if (!next) break
    const fact = next.split('#fact-')[1]
    filled.push(fact)
    assert.ok(filled.length < 25, filled.join(', '))
    await page.goto(next)
    if (filled.length === 1) await look(`the form of ${fact}`)
    const own = page.locator(`[id="fact-${fact}"]`)
    if (await own.locator('select').count()) await own.locator('select').selectOption(KNOWN[fact] ?? 'northamptonshire')
    else if (await own.locator('input[type="radio"]').count()) await own.locator(`input[value="${KNOWN[fact] ?? 'no'}"]`).check()
    else for (const [part, value] of Object.entries(BORN)) await own.locator(`[name$="-${part}"]`).fill(value)
    await page.locator('[name="how-long"][value="always"]').check()
    await page.locator('[name="source"][value="told"]').check()
    await page.locator('[name="told-by"]').fill('The duty worker')
    await send(page)
    assert.equal(new URL(page.url()).pathname, episode, `${fact} leads back: ${await words(page)}`)
  }
  for (const fact of ['child.date_of_birth', 'child.looked_after', 'child.responsible_authority']) assert.ok(filled.includes(fact), filled.join(', '))
}

/** The lines that an episode shows. */
const visible = (page) =>
  page.locator('#due .wh-duty, #due .wh-slim').evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.textContent))

/** What is asked for a child by this act, whoever has to do it: the lines of the child's whole list. */
async function due(who, child, act) {
  const { page } = who
  const found = []
  await go(who, `${child}/due`)
  for (;;) {
    const lines = page.locator('.wh-duty').filter({ has: page.locator('h2', { hasText: act }) })
    found.push(...(await lines.evaluateAll((all) => all.map((one) => one.querySelector('.wh-duty__by')?.textContent.trim() ?? ''))))
    const next = page.locator('.govuk-pagination__next a')
    if (!(await next.count())) return found
    await follow(page, next)
  }
}

/** Looks on the pages of a list until something is there. */
async function turn(page, one, then) {
  for (;;) {
    if (await one.count()) return then(one)
    const next = page.locator('.govuk-pagination__next a')
    assert.ok(await next.count(), 'it is on no page of the list')
    await follow(page, next)
  }
}

/** Nothing sticks out at the side of a telephone. */
async function fits(page, what) {
  const size = page.viewportSize()
  await page.setViewportSize({ width: PHONE, height: 800 })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= PHONE, `${what} is ${wide} px wide`)
  await page.setViewportSize(size)
}
