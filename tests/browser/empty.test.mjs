// From an empty database, by the words of README: the first administrator by the one-time link, two agencies, ten people by a file, passkeys,
// and a first child reported.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessible } from './lib/checks.mjs'
import { GOOD, addPasskey, comeIn, fillIn } from './lib/door.mjs'
import { launch, visitor } from './lib/people.mjs'
import { fill, send, words } from './lib/read.mjs'
import { command, keyRing, serve } from './lib/serve.mjs'

const link = async (page) => page.locator('.wh-secret').first().innerText()

test('from an empty database to a first child reported', { timeout: 300_000 }, async () => {
  const product = await serve()
  const browser = await launch()
  try {
    // The first administrator.
    const ruth = await comeIn(browser, product, product.link, { 'Your name': 'Ruth Sands', Username: 'ruth.sands', 'Whom you work for': 'County systems' })
    await ruth.page.goto('/agencies')
    assert.match(await words(ruth.page), /A password alone is not enough here/, 'a password alone opens nothing')
    await addPasskey(ruth)
    const used = await visitor(browser, product)
    assert.equal((await used.page.goto(product.link)).status(), 403, 'the link opens once')
    await used.close()

    // Two agencies, and who keeps their people.
    for (const [name, kind] of [['Larkfield House', "Children's home"], ['Kettering team', 'Social work team']]) {
      await ruth.page.goto('/agencies/new')
      await fillIn(ruth.page, { Name: name, 'What it is': kind }, 'Save')
      assert.match(await words(ruth.page), /The agency was added/)
    }
    await accessible(ruth.page, 'an agency')
    await ruth.page.goto('/people/new')
    await accessible(ruth.page, 'adding somebody')
    await fillIn(ruth.page, { Name: 'Mary Quill', Username: 'mary.quill', Agency: 'Larkfield House', Role: "Administrator of an agency's people" }, 'Add them')
    const marysLink = await link(ruth.page)
    await ruth.page.getByRole('link', { name: 'Their account' }).click()
    await fillIn(ruth.page, { Agency: 'Kettering team', Role: "Administrator of an agency's people" }, 'Give the post')
    assert.match(await words(ruth.page), /The post was given/)
    assert.equal((await ruth.page.goto('/board')).status(), 403, 'who keeps the system sees no child')

    // Ten people by a file, of which two rows are wrong at first.
    const mary = await comeIn(browser, product, marysLink)
    await addPasskey(mary)
    const rows = ['name,username,role,agency,team']
    for (const name of ['Dana Holt', 'Mel Aspinall', 'Joe Fenn', 'Una Birch', 'Kit Lowe']) rows.push(`${name},${name.toLowerCase().replace(' ', '.')},home_staff,Larkfield House,`)
    for (const name of ['Owen Pryce', 'Tess Amery', 'Ravi Shah', 'Lena Fox', 'Abe Noor']) rows.push(`${name},${name.toLowerCase().replace(' ', '.')},social_worker,Kettering team,Duty`)
    await mary.page.goto('/people/import')
    await mary.page.getByLabel('The rows').fill([...rows, 'Sam Orr,sam.orr,wizard,Larkfield House,', 'Pat Low,pat.low,home_staff,Nowhere,'].join('\n'))
    await send(mary.page, 'Try it: save nothing')
    const tried = await words(mary.page)
    for (const says of ['nothing was saved', '10 people would be added', 'Row 12: there is no role `wizard`', 'Row 13: there is no agency `Nowhere`']) assert.ok(tried.includes(says), `${says}: ${tried}`)
    await accessible(mary.page, 'a file with faults')
    await mary.page.getByLabel('The rows').fill(rows.join('\n'))
    await send(mary.page, 'Add them')
    assert.match(await words(mary.page), /10 people were added/)
    const danasLink = await mary.page.locator('tr', { hasText: 'dana.holt' }).locator('.wh-secret').innerText()

    // Dana comes in, adds a passkey, signs out, and comes back by the passkey alone.
    const dana = await comeIn(browser, product, danasLink)
    await addPasskey(dana)
    await accessible(dana.page, 'one\'s own account')
    await send(dana.page, 'Sign out')
    await dana.page.goto('/sign-in')
    await accessible(dana.page, 'the sign-in page')
    await dana.page.getByLabel('Username').fill('dana.holt')
    await dana.page.getByLabel('Password', { exact: true }).fill(GOOD)
    await send(dana.page, 'Sign in')
    assert.match(await words(dana.page), /Sign in with your passkey: a password alone is not enough/)
    await Promise.all([dana.page.waitForURL((address) => address.pathname === '/'), dana.page.getByRole('button', { name: 'Sign in with a passkey' }).click()])
    assert.match(await words(dana.page), /What must I do now\?/)

    // A first child.
    await dana.page.goto('/children/new')
    await dana.page.locator('[name="name"]').fill('Riley Marsh')
    await send(dana.page, 'Open the record')
    assert.match(await dana.page.title(), /^A child - /, 'no name in the title of the window')
    const child = new URL(dana.page.url()).pathname
    const london = (minutes) => {
      const text = new Date(Date.now() - minutes * 60_000).toLocaleString('sv-SE', { timeZone: 'Europe/London' })
      return [text.slice(0, 10), text.slice(11, 16)]
    }
    await dana.page.goto(`${child}/record/absence.noticed`)
    await fill(dana.page, { occurred: london(20), 'f-status': 'missing' })
    await send(dana.page)
    await dana.page.goto('/board')
    assert.match(await words(dana.page), /Riley Marsh/)
    await dana.page.goto('/')
    assert.match(await words(dana.page), /Riley Marsh/, 'the home is asked for something')

    // The command line lists the same people.
    const list = await command(product.database, ['people', 'list'])
    for (const name of ['Ruth Sands', 'Mary Quill', 'Dana Holt', 'Abe Noor', '12 people']) assert.ok(list.includes(name), list)
    for (const who of [ruth, mary, dana]) {
      assert.deepEqual(who.troubles, [])
      await who.close()
    }
  } finally {
    await browser.close()
    await product.stop()
  }
})

test('a page that nobody touches is locked, and gives back what was typed to its own person', { timeout: 180_000 }, async () => {
  const product = await serve()
  const browser = await launch()
  try {
    const who = await visitor(browser, product)
    await who.page.clock.install()
    who.keyRing = await keyRing(who)
    await who.page.goto(product.link)
    for (const [label, value] of Object.entries({ 'Your name': 'Ruth Sands', Username: 'ruth', 'Whom you work for': 'Systems', 'Password (optional if you add a passkey)': GOOD })) {
      await who.page.getByLabel(label, { exact: true }).fill(value)
    }
    await send(who.page, 'Come in')
    await addPasskey(who)
    await who.page.goto('/agencies/new')
    await who.page.getByLabel('Name', { exact: true }).fill('The Willows')
    await product.pass(14)
    await Promise.all([who.page.waitForURL(/\/sign-in/), who.page.clock.fastForward('15:10')])
    assert.doesNotMatch(await who.page.content(), /Willows/, 'nothing is left on the page')
    assert.match(await words(who.page), /This page was locked/)
    await Promise.all([who.page.waitForURL(/\/resume$/), who.page.getByRole('button', { name: 'Sign in with a passkey' }).click()])
    assert.match(await words(who.page), /has not been saved yet/)
    assert.equal(await who.page.locator('[name="name"]').inputValue(), 'The Willows')
    await who.close()
  } finally {
    await browser.close()
    await product.stop()
  }
})
