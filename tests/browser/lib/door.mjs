// Coming in for the first time: by a link that opens once, with a passkey on a key ring.

import assert from 'node:assert/strict'
import { accessible } from './checks.mjs'
import { visitor } from './people.mjs'
import { send, words } from './read.mjs'
import { keyRing } from './serve.mjs'

export const GOOD = 'gravel otter teapot nine'

/** Somebody comes in by a link that opens once. */
export async function comeIn(browser, product, link, answers = {}) {
  const who = await visitor(browser, product)
  who.keyRing = await keyRing(who)
  await who.page.goto(link)
  await accessible(who.page, 'a link that opens once')
  for (const [label, value] of Object.entries({ ...answers, 'Password (optional if you add a passkey)': GOOD })) {
    await who.page.getByLabel(label, { exact: true }).fill(value)
  }
  await send(who.page, 'Come in')
  await who.page.waitForURL(/\/account$/)
  return who
}

/** Adds a passkey on one's own page. */
export async function addPasskey({ page, keyRing }) {
  await page.getByLabel('What you call it').fill('key ring')
  await Promise.all([page.waitForEvent('framenavigated'), page.getByRole('button', { name: 'Add a passkey' }).click()])
  await page.waitForLoadState()
  assert.match(await words(page), /The passkey was added/)
  assert.equal((await keyRing.keys()).length, 1)
}

/** Fills in a form by its labels and sends it. */
export async function fillIn(page, answers, button) {
  for (const [label, value] of Object.entries(answers)) {
    const field = page.getByLabel(label, { exact: true })
    const kind = await field.evaluate((one) => one.tagName)
    if (kind === 'SELECT') await field.selectOption({ label: value })
    else await field.fill(value)
  }
  await send(page, button)
}
