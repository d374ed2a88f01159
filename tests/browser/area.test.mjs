// What is about no child: a panel meets, takes up the children that the records bring on its agenda, agrees an action that stands on somebody's
// list; a register is read and printed; the head of service settles how long silence may last, and a second one confirms. By each post, with
// and without JavaScript.

import assert from 'node:assert/strict'
import { accessibleBare, whole } from './lib/checks.mjs'
import { member, of, people } from './lib/people.mjs'
import { fill, go, send, words } from './lib/read.mjs'
import { told } from './lib/told.mjs'

told('panels, registers and settings', 240_000, story)

async function story(browser, product, javaScript) {
  const everybody = await people(browser, product)
  const join = (role) => member(browser, product, of(role, everybody), { javaScript })
  const look = async (who, what, picture) => {
    if (javaScript) await whole(who, what, picture)
  }

  // The police see their panel and who is on the list now; the list is drawn, and can be printed.
  const police = await join('police missing persons unit')
  await go(police, '/')
  await police.page.getByRole('link', { name: 'Panels', exact: true }).click()
  assert.match(await words(police.page), /Monday, Wednesday and Friday discussion/)
  await look(police, 'panels and registers', 'area')
  await police.page.getByRole('link', { name: 'Monday, Wednesday and Friday discussion' }).click()
  const panel = new URL(police.page.url()).pathname
  const onAgenda = await police.page.locator('section[aria-labelledby="agenda"] li a[href^="/children/"]').allTextContents()
  assert.ok(onAgenda.length > 0, 'somebody is missing in the made-up county')
  await look(police, 'a panel', 'panel')
  await police.page.getByRole('link', { name: 'Missing and found: Monday, Wednesday and Friday' }).first().click()
  const rows = await police.page.locator('.wh-register tbody tr').count()
  assert.ok(rows > 0)
  assert.match(await police.page.locator('.wh-register').innerText(), new RegExp(onAgenda[0].trim()))
  await look(police, 'a register', 'register')

  // A meeting is planned; what is wrong is said, and nothing typed is lost.
  await go(police, panel)
  await police.page.getByRole('button', { name: 'Plan a meeting' }).click()
  await look(police, 'the form of a meeting', 'panel-plan')
  await fill(police.page, { place: 'Room 2', 'at-day': '7', 'at-month': '1', 'at-year': '2026', 'at-time': 'half ten' })
  await send(police.page)
  assert.match(await police.page.title(), /^Error: /)
  assert.equal(await police.page.locator('[name="place"]').inputValue(), 'Room 2')
  await look(police, 'the form of a meeting, asked about half ten', 'panel-plan-wrong')
  await fill(police.page, { 'at-time': '10:30' })
  await send(police.page)
  const meeting = new URL(police.page.url()).pathname
  assert.match(meeting, /\/meetings\//)
  assert.match(await words(police.page), /To come/)
  await look(police, 'a meeting to come', 'meeting')

  // It was held: who was taken up is kept, and an action is agreed that stands on the co-ordinator's list.
  await product.pass(60 * 36)
  await go(police, meeting)
  await police.page.getByRole('button', { name: 'Record the meeting' }).click()
  await fill(police.page, { 'at-day': '7', 'at-month': '1', 'at-year': '2026', 'at-time': '10:35', chaired: 'The unit', attended: 'The unit\nThe co-ordinator', m0: 'Two' })
  await look(police, 'the record of a meeting', 'meeting-record')
  await send(police.page)
  assert.match(await words(police.page), /Held/)
  await police.page.getByRole('button', { name: 'Agree an action' }).click()
  await fill(police.page, { says: 'Ask the bus company for its cameras', owner: 'missing_coordinator', 'due-day': '9', 'due-month': '1', 'due-year': '2026', 'due-time': '17:00' })
  await look(police, 'the form of an action', 'panel-agree')
  await send(police.page)
  assert.match(await words(police.page), /Ask the bus company/)
  await look(police, 'a meeting that was held', 'meeting-held')

  const coordinator = await join('missing co-ordinator')
  await go(coordinator, '/')
  assert.match(await coordinator.page.locator('section[aria-labelledby="area"]').innerText(), /Ask the bus company/)
  await look(coordinator, 'the list of what is to be done, with what is about no child', 'home-area')
  await coordinator.page.getByRole('link', { name: /It was done.*Ask the bus/ }).click()
  await fill(coordinator.page, { 'at-day': '7', 'at-month': '1', 'at-year': '2026', 'at-time': '11:00', outcome: 'They sent them' })
  await send(coordinator.page)
  assert.match(await coordinator.page.locator('section[aria-labelledby="done"]').innerText(), /Ask the bus company/)
  await look(coordinator, 'what was done of late', 'area-done')

  // A line of a register that is written, put right.
  await coordinator.page.getByRole('link', { name: 'Exception reports to the safeguarding partnership' }).click()
  await look(coordinator, 'an empty register', 'register-empty')
  await coordinator.page.getByRole('button', { name: 'Write a line' }).click()
  await fill(coordinator.page, { c0: '7 January 2026', c1: 'No interviewer for a week', c2: 'Yes' })
  await send(coordinator.page)
  assert.match(await words(coordinator.page), /No interviewer for a week/)
  await look(coordinator, 'a register that is written', 'register-written')

  // A carer is on no panel but reads nothing of it either.
  const carer = await join("children's home staff")
  const refused = await carer.page.goto(panel)
  assert.equal(refused.status(), 403)

  // The head of service settles; what weakens waits for another.
  const head = await join('head of service')
  await go(head, '/area/settings')
  await look(head, 'the settings of the area', 'settings')
  await go(head, '/area/settings/silence')
  await fill(head.page, { value: '6', source: 'The partnership', why: 'Nights are long' })
  await look(head, 'the form of a setting', 'setting')
  await send(head.page)
  assert.match(await words(head.page), /waits for a second person/)
  assert.equal(await head.page.getByRole('button', { name: 'Confirm' }).count(), 0)
  await go(head, '/area/settings/privacy')
  await fill(head.page, { value: 'We keep what is needed to find a child.', source: 'The council', why: 'New' })
  await send(head.page)
  await head.page.goto('/privacy')
  assert.match(await words(head.page), /We keep what is needed to find a child/)
  await look(head, 'the privacy notice', 'privacy')

  // The area appears under its own name and picture, on paper too, and calls people what they are called now.
  await go(head, '/area/settings/name')
  await fill(head.page, { value: 'Linmoor and Vale Partnership', source: 'The partnership', why: 'New' })
  await send(head.page)
  await go(head, '/area/settings/logo')
  const sending = async (file) => {
    await head.page.locator('[name="picture"]').setInputFiles(file)
    await fill(head.page, { source: 'The partnership', why: 'New' })
    await send(head.page)
  }
  await sending({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') })
  assert.match(await head.page.title(), /^Error: /)
  assert.match(await words(head.page), /This is no picture that can be opened/)
  assert.equal(await head.page.locator('[name="why"]').inputValue(), 'New', 'nothing typed is lost')
  await look(head, 'a picture that is none', 'settings-logo-wrong')
  await sending(new URL('../../docs/pictures/episode.png', import.meta.url).pathname)
  assert.match(await words(head.page), /It was changed/)
  await go(police, '/')
  const logo = police.page.locator('.wh-area img')
  assert.ok(await logo.evaluate((one) => one.complete && one.naturalWidth > 0), 'the picture is shown to all who work in the area')
  assert.match(await police.page.locator('.wh-area').innerText(), /Linmoor and Vale Partnership/)
  const sent = await police.page.request.get(await logo.getAttribute('src'))
  assert.equal(sent.headers()['content-type'], 'image/png')
  assert.equal(sent.headers()['x-content-type-options'], 'nosniff')
  await police.page.emulateMedia({ media: 'print' })
  assert.ok(await logo.isVisible(), 'on paper too')
  await police.page.emulateMedia({ media: null })
  await look(police, 'the head of a page with the name and the picture of the area', 'area-head')
  await go(head, '/area/settings')
  await head.page.getByRole('link', { name: 'Change what somebody is called' }).click()
  await look(head, 'what people and teams are called', 'settings-names')
  await go(head, '/area/settings/name.missing_coordinator')
  await fill(head.page, { value: 'Lead for Missing Children', source: 'The council', why: 'Renamed' })
  await send(head.page)
  assert.match(await words(head.page), /Lead for Missing Children/)

  if (!javaScript) {
    for (const who of [police, coordinator, head]) await accessibleBare(browser, who.seen)
  }
}
