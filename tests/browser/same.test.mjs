// One child, one record: a second record is opened after the first was offered, the two are laid side by side, made one, and taken apart. And a file
// is tried, settled and brought in. With and without JavaScript.

import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { accessibleBare, whole } from './lib/checks.mjs'
import { launch, member, of, people } from './lib/people.mjs'
import { start } from './lib/product.mjs'
import { fill, go, words } from './lib/read.mjs'

const PHONE = 375

for (const javaScript of [true, false]) {
  test(`one child, one record, ${javaScript ? 'with' : 'without'} JavaScript`, { timeout: 300_000 }, async () => {
    const product = await start({ seed: 7, children: 24 })
    const browser = await launch()
    const folder = await mkdtemp(path.join(tmpdir(), 'whereabouts-import-'))
    try {
      const everybody = await people(browser, product)
      const manager = await member(browser, product, of('team manager', everybody), { javaScript })
      await doubles(manager, javaScript)
      await coming(manager, folder, javaScript)
      if (!javaScript) assert.ok((await accessibleBare(browser, manager.seen)) >= 6)
      assert.deepEqual(manager.troubles, [])
    } finally {
      await browser.close()
      await product.stop()
      await rm(folder, { recursive: true, force: true })
    }
  })
}

async function look(who, javaScript, what, picture) {
  if (javaScript) await whole(who, what, picture)
  await who.page.setViewportSize({ width: PHONE, height: 800 })
  const wide = await who.page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= PHONE, `${what} is ${wide} px wide`)
  await who.page.setViewportSize({ width: 1280, height: 900 })
}

const press = (page, name) => Promise.all([page.waitForNavigation({ waitUntil: 'load' }), page.getByRole('button', { name }).first().click()])

async function doubles(who, javaScript) {
  const { page } = who
  // A child whom this team works with.
  await go(who, '/search')
  await page.locator('[name="name"]').fill('Wren Blackwood')
  await press(page, 'Search')
  await go(who, '/children/new')
  await fill(page, { name: 'Wren Blackwood', 'born-day': '3', 'born-month': '4', 'born-year': '2012', address: '4 Weir Lane, NN15 7QA' })
  await press(page, 'Open the record')
  await page.waitForURL(/\/children\/[0-9a-f-]{36}$/)
  const first = new URL(page.url()).pathname

  // Somebody writes the same child down in another way: the first is offered, and nothing is opened.
  await go(who, '/children/new')
  await fill(page, { name: 'Blackwood, Ren', 'born-day': '4', 'born-month': '3', 'born-year': '2012' })
  await press(page, 'Open the record')
  await page.getByRole('heading', { name: 'Is it one of these children?' }).waitFor()
  assert.match(await words(page), /Wren Blackwood/)
  assert.match(await words(page), /day and month exchanged/)
  assert.equal(await page.locator('[name="name"]').inputValue(), 'Blackwood, Ren', 'nothing typed is lost')
  await look(who, javaScript, 'the offer', 'same-offer')
  await press(page, 'It is none of them: open a new record')
  await page.waitForURL(/\/children\/[0-9a-f-]{36}$/)
  const twin = new URL(page.url()).pathname
  await page.getByRole('link', { name: 'Recorded twice?' }).click()
  assert.match(await words(page), /No other record that you see may be of the same child/, 'said once, never asked again')
  await look(who, javaScript, 'nobody to ask about', 'same-none')
  // Said in error: taken back, and said again.
  await page.locator('summary', { hasText: 'Found to be other children' }).click()
  await press(page, /^Take that back/)
  assert.match(await words(page), /It was taken back/)
  await press(page, /^Another child/)
  assert.match(await words(page), /They are two children/)
  await look(who, javaScript, 'one found to be another', 'same-apart')

  // A third, opened without looking by what the form did not ask: found on its page.
  await go(who, '/children/new')
  await fill(page, { name: 'Wren Blackwood' })
  await press(page, 'Open the record')
  await page.getByRole('heading', { name: 'Is it one of these children?' }).waitFor()
  await go(who, `${first}/same`)
  assert.match(await words(page), /No other record/)

  // Made one, by the address of both, and read at the old address.
  await go(who, `${first}/same/${twin.split('/').pop()}`)
  await look(who, javaScript, 'two records side by side', 'same-compare')
  await page.locator('[name="reason"]').first().fill('The school knows one child alone')
  await press(page, 'They are one child: make the records one')
  await page.waitForURL((url) => url.pathname === first)
  assert.match(await words(page), /The two are one record now/)
  await look(who, javaScript, 'the one record', 'same-merged')
  await go(who, twin)
  assert.equal(new URL(page.url()).pathname, first, 'an old address leads to the one record')
  await go(who, `${twin}/particulars`)
  assert.equal(new URL(page.url()).pathname, `${first}/particulars`)

  // Taken apart, with a reason.
  await go(who, `${first}/same`)
  await look(who, javaScript, 'what it holds', 'same-holds')
  await press(page, /^Take the records apart/)
  assert.match(await page.title(), /^Error: /, 'it takes a reason')
  await page.locator('[name="reason"]').fill('Two cousins of one name')
  await press(page, /^Take the records apart/)
  assert.match(await words(page), /The records are apart again/)
  await go(who, twin)
  assert.equal(new URL(page.url()).pathname, twin)
  assert.match(await words(page), /Blackwood, Ren/)
}

async function coming(who, folder, javaScript) {
  const { page } = who
  const file = path.join(folder, 'children.csv')
  const rows = ['id,name,born', 'A1,"Blackwood, Wren",2012-04-03', 'A2,Odile Marchetti,2013-05-06', 'A3,=cmd(),2013-05-06', 'A4,Pia Quist,2031-01-01']
  await writeFile(file, rows.join('\r\n'))
  await go(who, '/children/import')
  await look(who, javaScript, 'choosing a file', 'import-choose')
  await press(page, 'Try the file')
  assert.match(await page.title(), /^Error: /)
  await page.locator('[name="file"]').setInputFiles(file)
  await page.locator('[name="mapping"]').selectOption('whereabouts')
  await press(page, 'Try the file')
  await page.getByText('This was a trial: nothing was saved').waitFor({ timeout: 20_000 })
  assert.match(await words(page), /row 4, column name: .*formula/)
  assert.match(await words(page), /row 5, column born: .*still to come/)
  assert.match(await words(page), /1 child would be brought in/)
  await look(who, javaScript, 'what a file would bring', 'import-trial')
  await page.getByLabel('Another child').first().check()
  await press(page, 'Bring them in')
  await page.getByText(/^Brought in: /).waitFor({ timeout: 20_000 })
  assert.match(await words(page), /Brought in: 2 children/)
  await look(who, javaScript, 'what a file brought', 'import-done')
  await go(who, '/search')
  await page.locator('[name="name"]').fill('Odile Marchetti')
  await press(page, 'Search')
  assert.match(await words(page), /1 found/)
  // Once more: nothing is doubled.
  await go(who, '/children/import')
  await page.locator('[name="file"]').setInputFiles(file)
  await press(page, 'Try the file')
  await page.getByText('This was a trial: nothing was saved').waitFor({ timeout: 20_000 })
  assert.match(await words(page), /0 children would be brought in.*already: 2/s)
}
