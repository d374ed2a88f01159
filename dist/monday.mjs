// What is done in a browser on a Monday morning (`dist/monday.sh`): somebody of a home comes in by the link that opens once, adds a passkey and
// reports the first child. After the machine was wiped and restored, the same person signs in by the same passkey and finds the child.

import assert from 'node:assert/strict'
import { createInterface } from 'node:readline/promises'
import { GOOD, addPasskey, comeIn } from '../tests/browser/lib/door.mjs'
import { launch } from '../tests/browser/lib/people.mjs'
import { fill, send, words } from '../tests/browser/lib/read.mjs'

const [address, link] = process.argv.slice(2)
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const browser = await launch()
try {
  const dana = await comeIn(browser, { address }, link)
  await addPasskey(dana)
  await dana.page.goto('/children/new')
  await dana.page.locator('[name="name"]').fill('Riley Marsh')
  await send(dana.page, 'Open the record')
  const child = new URL(dana.page.url()).pathname
  const at = new Date(Date.now() - 20 * 60_000).toLocaleString('sv-SE', { timeZone: 'Europe/London' })
  await dana.page.goto(`${child}/record/absence.noticed`)
  await fill(dana.page, { occurred: [at.slice(0, 10), at.slice(11, 16)], 'f-status': 'missing' })
  await send(dana.page)
  await dana.page.goto('/board')
  assert.match(await words(dana.page), /Riley Marsh/)
  console.log('reported')

  assert.equal((await lines.next()).value, 'restored')
  await dana.page.goto('/sign-in')
  await dana.page.getByLabel('Username').fill('dana.holt')
  await dana.page.getByLabel('Password', { exact: true }).fill(GOOD)
  await send(dana.page, 'Sign in')
  await Promise.all([dana.page.waitForURL((to) => to.pathname === '/'), dana.page.getByRole('button', { name: 'Sign in with a passkey' }).click()])
  await dana.page.goto('/board')
  assert.match(await words(dana.page), /Riley Marsh/)
  console.log('found again')
} catch (error) {
  console.log(String(error.stack))
  process.exitCode = 1
} finally {
  await browser.close()
  process.exit()
}
