// How long a record is kept: the head of service opens a record of somebody long grown up, holds it, lifts that, and says that it may go; the
// manager of the team erases it for good. With and without JavaScript.

import assert from 'node:assert/strict'
import { accessibleBare, whole } from './lib/checks.mjs'
import { member, of, people } from './lib/people.mjs'
import { fill, follow, go, search, send, words } from './lib/read.mjs'
import { told } from './lib/told.mjs'

const NAME = 'Quillfeather Dunmorrow'

told('a record is let go by two', 180_000, story)

async function story(browser, product, javaScript) {
  const everybody = await people(browser, product)
  const join = (person) => member(browser, product, person, { javaScript })
  const look = async (who, what, picture) => {
    if (javaScript) await whole(who, what, picture)
  }
  const manager = everybody.find((one) => one.role.startsWith('team manager,'))
  const team = manager.role.split(', ')[1]

  const head = await join(of('head of service', everybody))
  await go(head, '/')
  await follow(head.page, head.page.getByRole('link', { name: 'Records whose time is over' }))
  assert.match(await words(head.page), /There is none/)
  await look(head, 'no record whose time is over', 'retention-none')
  await go(head, '/children/new')
  await fill(head.page, { name: NAME, 'born-day': '20', 'born-month': '1', 'born-year': '2001' })
  await head.page.getByLabel(team).check()
  await send(head.page)
  const child = /\/children\/[0-9a-f-]{36}/.exec(head.page.url())[0]

  // It is on the list; who works with the child leads to it as well.
  await go(head, '/retention')
  assert.match(await words(head.page), new RegExp(`${NAME}\\s*Its time is over on 20 January 2026`))
  await look(head, 'records whose time is over', 'retention')
  await go(head, `${child}/relations`)
  await follow(head.page, head.page.getByRole('link', { name: 'How long this record is kept' }))
  assert.match(await words(head.page), /It is kept until 20 January 2026/)
  assert.match(await words(head.page), /until the 25th birthday/)
  await look(head, 'how long a record is kept', 'retention-record')

  // Why is asked, and nothing typed is lost; a hold keeps it.
  const say = async (who, id, button, why) => {
    await who.page.locator(`#${id}`).fill(why)
    await follow(who.page, who.page.getByRole('button', { name: button }))
  }
  await say(head, 'hold-reason', 'Hold the record', 'short')
  assert.match(await head.page.title(), /^Error: /)
  await look(head, 'a hold without a reason', 'retention-wrong')
  await say(head, 'hold-reason', 'Hold the record', 'The inquiry of the council asks for it')
  assert.match(await words(head.page), /It is held/)
  assert.equal(await head.page.getByRole('button', { name: 'It may go' }).count(), 0)
  await head.page.locator('ul.wh-places textarea').fill('The inquiry is over by now')
  await follow(head.page, head.page.getByRole('button', { name: /^Lift this/ }))
  assert.match(await words(head.page), /Ended: .*: The inquiry is over by now/)
  await say(head, 'release-reason', 'It may go', 'Nothing is owed and nobody asked for it')
  assert.match(await words(head.page), /A second person has to say it as well/)
  assert.equal(await head.page.getByRole('button', { name: /Erase/ }).count(), 0)

  // The home reads nothing of it; the manager of the team does it, once the day has come.
  const carer = await join(of("children's home staff", everybody))
  assert.equal((await carer.page.goto('/retention')).status(), 403)
  assert.equal((await carer.page.goto(`${child}/retention`)).status(), 403)
  const early = await join(manager)
  await go(early, `${child}/retention`)
  assert.match(await words(early.page), /Its time is not over before 20 January 2026/)
  assert.equal(await early.page.getByRole('button', { name: /Erase/ }).count(), 0)
  await product.pass(20 * 24 * 60)
  const second = await join(manager)
  await go(second, '/')
  assert.match(await words(second.page), /says that a record may be let go/)
  await go(second, '/retention')
  await follow(second.page, second.page.getByRole('link', { name: NAME }))
  await look(second, 'a record that one person says may go', 'retention-second')
  await say(second, 'release-reason', 'Erase the record for good', 'I looked through it, and nothing is owed')
  await second.page.waitForURL((url) => url.pathname === '/retention')
  assert.match(await words(second.page), /The record was let go/)
  assert.match(await words(second.page), new RegExp(`${of('head of service', everybody).name} and ${manager.name} decided`))
  await look(second, 'a record was let go', 'retention-gone')
  for (const who of [await join(of('head of service', everybody)), second]) {
    assert.equal((await who.page.goto(child)).status(), 403)
    await search(who.page, NAME)
    assert.doesNotMatch(await words(who.page), new RegExp(`${NAME}.*2001`))
  }
  if (!javaScript) assert.ok((await accessibleBare(browser, head.seen)) > 3)
  for (const who of [head, second]) assert.deepEqual(who.troubles, [])
}
