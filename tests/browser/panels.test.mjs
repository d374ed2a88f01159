// A panel's meeting from its date to what came of it, by who chairs it and by who owes what it agreed: planned, held, an action with an owner and a
// limit, overdue, raised, done; and the next date. With and without JavaScript.

import assert from 'node:assert/strict'
import { accessibleBare, narrow, whole } from './lib/checks.mjs'
import { member, of, people } from './lib/people.mjs'
import { fill, follow, go, send, words } from './lib/read.mjs'
import { told } from './lib/told.mjs'

const TASK = 'Write to the bus company about the last bus'

told("a panel's meeting", 240_000, story)

async function story(browser, product, javaScript) {
  const everybody = await people(browser, product)
  const join = (role) => member(browser, product, of(role, everybody), { javaScript, width: 1280, height: 900 })
  const chair = await join('chair of a panel')
  const coordinator = await join('missing co-ordinator')
  const home = await join("children's home staff, The Willows")
  const { page } = chair
  const press = (what, name) => follow(what.page, what.page.getByRole('link', { name }).or(what.page.getByRole('button', { name })).first())
  const look = async (who, what, picture) => {
    if (javaScript) await whole(who, what, picture)
    await narrow(who.page, what)
  }

  // The chair finds the panel on the list of what is due for the area, with who is on it.
  await go(chair, '/')
  assert.match(await words(page), /For the area and its panels[\s\S]*CSE and Missing Persons Forum/)
  await press(chair, /CSE and Missing Persons Forum/)
  const panel = new URL(page.url()).pathname
  assert.match(await words(page), /Meets every month[\s\S]*Paragraphs 6\.13 and 7\.28[\s\S]*On the next agenda[\s\S]*No meeting is planned[\s\S]*Dawit Fenwick/)
  await look(chair, 'a panel', 'panel')

  // Planned; whoever is on the panel sees it, and nobody else comes near it.
  await press(chair, 'Plan a meeting')
  await send(page, 'Save')
  assert.match(await page.title(), /^Error/, 'a meeting without a date is none')
  await fill(page, { at: ['2026-01-06', '04:00'], place: 'County Hall, room 2' })
  await send(page, 'Save')
  const meeting = new URL(page.url()).pathname
  assert.match(await words(page), /04:00 today[\s\S]*To come/)
  await go(coordinator, panel)
  assert.match(await words(coordinator.page), /04:00 today/)
  await go(home, panel)
  assert.doesNotMatch(await words(home.page), /Plan a meeting/)

  // Held: who came, and what was agreed, with whose it is and by when.
  await product.pass(60)
  await go(chair, meeting)
  await press(chair, 'Record the meeting')
  await fill(page, { at: ['2026-01-06', '04:00'], chaired: 'Owen Halloran', attended: 'Dawit Fenwick, missing children team\nZofia Gebre, police', signed: 'Dawit Fenwick\nZofia Gebre\nOwen Halloran', m0: 'Where children wait for the last bus' })
  await send(page, 'Save')
  assert.match(await words(page), /Held[\s\S]*Zofia Gebre/)
  await press(chair, 'Agree an action')
  await fill(page, { says: TASK, owner: 'missing_coordinator', due: ['2026-01-06', '05:00'] })
  await look(chair, 'an action is agreed', 'panel-agree')
  await send(page, 'Save')
  await go(chair, meeting)
  assert.match(await words(page), new RegExp(`Actions agreed 1[\\s\\S]*${TASK}`))
  await look(chair, 'a meeting that was held', 'panel-meeting')
  await press(chair, /CSE and Missing Persons Forum/)
  await press(chair, 'Plan a meeting')
  await fill(page, { at: ['2026-02-03', '09:00'] })
  await send(page, 'Save')

  // It stands on the list of whoever owes it; past its limit it is raised, and it clears itself when it is done.
  await go(coordinator, '/')
  assert.match(await words(coordinator.page), new RegExp(TASK))
  await product.pass(90)
  await go(coordinator, '/alerts')
  assert.match(await words(coordinator.page), new RegExp(TASK))
  await look(coordinator, 'what a panel agreed is overdue', 'panel-overdue')
  await go(coordinator, '/')
  await press(coordinator, new RegExp(`It was done[\\s\\S]*${TASK}`))
  await fill(coordinator.page, { outcome: 'They light the stop from Monday on' })
  await send(coordinator.page, 'Save')
  assert.doesNotMatch(await coordinator.page.title(), /^Error/, await words(coordinator.page))
  await go(coordinator, '/alerts')
  assert.doesNotMatch(await words(coordinator.page), new RegExp(TASK))
  await go(chair, meeting)
  assert.match(await words(page), new RegExp(`${TASK}[\\s\\S]*Done`, 'i'))

  for (const who of [chair, coordinator, home]) {
    if (javaScript) assert.deepEqual(who.troubles, [])
    else await accessibleBare(browser, who.seen)
  }
}
