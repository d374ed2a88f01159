// A place of a child: written down from where the child was found, offered where a form asks, ended. With and without JavaScript.

import assert from 'node:assert/strict'
import { accessibleBare, whole } from './lib/checks.mjs'
import { member, of, people } from './lib/people.mjs'
import { fill, follow, go, send, words } from './lib/read.mjs'
import { told } from './lib/told.mjs'

told('a place of a child', 240_000, story)

async function story(browser, product, javaScript) {
  const police = await member(browser, product, of('police missing persons unit', await people(browser, product)), { javaScript })
  const { page } = police
  const look = async (what, picture) => {
    if (javaScript) await whole(police, what, picture)
  }
  await go(police, '/board')
  const episode = await page.locator('.wh-missing__name a').first().getAttribute('href')
  const child = episode.split('/episodes/')[0]

  // A sighting: where, in words of its own.
  await go(police, `${child}/record/information.received`)
  await fill(page, { 'f-kind': 'sighting', 'f-seen_at': 'The old mill, at the weir', 'f-text': 'Seen with two others' })
  await send(page)
  await go(police, `${child}/places`)
  assert.match(await words(page), /not written down as a place[\s\S]*The old mill, at the weir/)
  await look('places, none written down', 'places-none')
  await follow(page, page.getByRole('link', { name: /^Write it down.*The old mill/ }))
  assert.equal(await page.locator('[name="name"]').inputValue(), 'The old mill, at the weir')
  await look('the form of a place', 'place-form')
  await fill(page, { name: 'The old mill', why: 'Friends meet there', risk: 'The weir', not_alone: 'yes' })
  await send(page)
  assert.match(await words(page), /The place was added[\s\S]*The old mill[\s\S]*Nobody should go there alone[\s\S]*Found there 1 time/)
  await look('places', 'places')

  // It is offered where a form asks where the child was found, and its page tells when that was.
  await go(police, `${child}/record/child.located`)
  assert.deepEqual(await page.locator('#f-where-known option').evaluateAll((all) => all.map((one) => one.value)), ['The old mill'])
  await follow(page, page.getByRole('link', { name: 'Cancel' }))
  await go(police, `${child}/places`)
  await follow(page, page.getByRole('link', { name: 'The old mill', exact: true }))
  assert.match(await words(page), /Found there[\s\S]*New information came in/i)
  await look('a place', 'place')
  await follow(page, page.getByRole('link', { name: 'Not any more' }))
  await send(page)
  assert.match(await words(page), /Before[\s\S]*The old mill/)
  assert.deepEqual(police.troubles, [])
  if (!javaScript) assert.ok((await accessibleBare(browser, police.seen)) > 4)
}
