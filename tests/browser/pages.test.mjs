// Every page by every role: axe finds nothing, nothing is written to the console, nothing leaves the server, the page is small, and it
// fits a narrow telephone. Pictures of each go to target/screenshots.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { LARGEST, weigh, whole } from './lib/checks.mjs'
import { launch, member, people, visitor } from './lib/people.mjs'
import { start } from './lib/product.mjs'
import { fill, go, send, sure } from './lib/read.mjs'

let product
let browser
let everybody

before(async () => {
  product = await start({ seed: 7, children: 40 })
  browser = await launch()
  everybody = await people(browser, product)
})

after(async () => {
  await browser?.close()
  await product?.stop()
})

/** The first person of each role. */
const roles = () => {
  const role = (person) => person.role.split(', ')[0]
  return everybody.filter((person, n) => everybody.findIndex((one) => role(one) === role(person)) === n).map((person) => [role(person), person])
}

const named = (...words) => words.join(' ').toLowerCase().replace(/[^a-z]+/g, '-').replace(/^-|-$/g, '')

/** Opens a page and looks at all of it. */
async function look(who, address, name, status = 200) {
  const answer = await who.page.goto(address)
  assert.equal(answer.status(), status, address)
  await whole(who, `${name ?? 'page'} (${address})`, name)
}

const links = (page, selector) => page.locator(selector).evaluateAll((found) => found.map((link) => link.getAttribute('href')))

test('sign-in, refused, and what is not there', { timeout: 120_000 }, async () => {
  const who = await visitor(browser, product)
  await look(who, '/sign-in', 'sign-in')
  await who.page.getByLabel('Username').fill('nobody')
  await who.page.getByLabel('Password', { exact: true }).fill('not the password')
  await who.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await who.page.locator('.govuk-error-summary').waitFor()
  assert.match(await who.page.title(), /^Error: /)
  await whole(who, 'sign-in refused', 'sign-in-refused')
  await look(who, '/no-such-page', 'not-found-signed-out', 404)
  await who.close()
})

// Of these roles pictures are made; of the others the pages are looked at without.
const PICTURED = ["children's home staff", 'social worker', 'missing co-ordinator', 'return interviewer', 'police missing persons unit', 'system administrator']

describe('by role', { concurrency: 2 }, () => {
  for (const half of [0, 1]) {
    test(`the pages of each role, half ${half + 1}`, { timeout: 600_000 }, async (t) => {
      for (const [role, person] of roles().filter((_, n) => n % 2 === half)) await t.test(role, () => ofRole(role, person))
    })
  }
})

async function ofRole(role, person) {
  const pictured = (...words) => (PICTURED.includes(role) ? named(...words) : undefined)
  const who = await member(browser, product, person)
  await look(who, '/', pictured('home', role))
  const sees = (await who.page.locator('.wh-nav a[href="/board"]').count()) > 0
  if (pictured('help')) await look(who, '/help', pictured('help', role))
  if (pictured('help')) await look(who, '/downtime?area=northamptonshire', pictured('downtime', role))
  if (sees) await ofChildren(who, role, pictured)
  else for (const closed of ['/board', '/search', '/alerts', '/report']) await look(who, closed, pictured('refused', closed, role), 403)
  await who.close()
}

async function ofChildren(who, role, pictured) {
  const { page } = who
  for (const [address, name] of [['/board', 'board'], ['/alerts', 'alerts'], ['/search', 'search'], ['/report', 'report']]) {
    await look(who, address, pictured(name, role))
  }
  // Who chairs a panel opens no records.
  await look(who, '/children/new', pictured('child-new', role), role.startsWith('chair of a panel') ? 403 : 200)
  await page.goto('/board')
  const open = await links(page, '.wh-missing__name a')
  if (open.length > 0) {
    await look(who, open[0], pictured('episode', role))
    const why = (await links(page, '#due a[href*="/why/"]'))[0]
    if (why) await look(who, why, pictured('why', role))
    const child = open[0].split('/episodes/')[0]
    await look(who, child, pictured('child', role))
    await look(who, `${child}/facts`, pictured('facts', role))
    const change = (await links(page, 'a[href$="/change"]'))[0]
    if (change) await look(who, change, pictured('facts-change', role))
    for (const part of ['timeline', 'due', 'unknown', 'done']) await look(who, `${open[0]}/${part}`, part === 'timeline' ? pictured(part, role) : undefined)
    for (const part of ['episodes', 'due', 'outside', 'record']) await look(who, `${child}/${part}`, part === 'record' ? undefined : pictured('child', part, role))
    for (const kept of ['placements', 'people', 'particulars']) await look(who, `${child}/${kept}`, pictured(kept, role))
  }
  for (const address of await page.goto('/').then(() => links(page, '.wh-nav__link[href="/interviews"], .wh-nav__link[href="/team"]'))) {
    await look(who, address, pictured(address.slice(1), role))
    const person = (await links(page, 'td a, th a[href^="/team/"]'))[0]
    if (address === '/team' && person) await look(who, person, pictured('team-person', role))
  }
  await look(who, '/to-do/all', pictured('to-do', role))
  await page.goto('/')
  const doing = (await links(page, '.wh-duty__do a'))[0]
  if (doing) await look(who, doing, pictured('record', role))
}

test('the page of every event, empty and with everything wrong', { timeout: 600_000 }, async () => {
  const who = await member(browser, product, everybody.find((person) => person.role.startsWith('missing co-ordinator')))
  const { page } = who
  await page.goto('/board')
  const episode = (await links(page, '.wh-missing__name a'))[0]
  await page.goto(`${episode.split('/episodes/')[0]}/record?episode=${episode.split('/episodes/')[1]}`)
  await whole(who, 'what happened', 'record-menu')
  const groups = await links(page, '.wh-inline a')
  const events = []
  for (const group of groups) {
    await page.goto(group)
    for (const address of await links(page, '#found ~ ul a')) if (!events.includes(address) && !/\/record\/(action|decision)\.recorded/.test(address)) events.push(address)
  }
  assert.ok(events.length > 30, `${events.length} events`)
  for (const address of events) {
    // A photograph is chosen first, on a page of its own: see below.
    if (address.includes('photograph')) continue
    const event = named('event', address.split('/record/')[1].split('?')[0])
    await look(who, address, event)
    await page.locator('[name="occurred-time"]').fill('25:61')
    await send(page)
    assert.match(await page.title(), /^Error: /, address)
    await whole(who, `${event}, wrong`, events.indexOf(address) < 3 ? `${event}-wrong` : undefined)
  }
  await who.close()
})

test('saved, stale, corrected, withdrawn, and every step of a report', { timeout: 300_000 }, async () => {
  const one = await member(browser, product, everybody.find((person) => person.role.startsWith('police missing')))
  let two = await member(browser, product, everybody.find((person) => person.role.startsWith('missing co-ordinator')))
  await go(one, '/board')
  const episode = (await links(one.page, '.wh-missing__name a'))[0]
  const form = `${episode.split('/episodes/')[0]}/record/information.received`
  await go(one, form)
  await go(two, form)
  await fill(two.page, { 'f-text': 'Seen at the bus station' })
  await send(two.page)
  await whole(two, 'saved', 'saved')
  await fill(one.page, { 'f-text': 'Seen near the river' })
  await send(one.page)
  assert.match(await one.page.locator('main').innerText(), /Something newer was recorded/)
  await whole(one, 'stale', 'stale')
  await send(one.page, 'Record it all the same')
  const entry = one.page.locator('.wh-timeline__item').filter({ hasText: 'Seen near the river' })
  await entry.getByRole('link', { name: /^Correct/ }).click()
  await one.page.locator('form.wh-form').waitFor()
  await whole(one, 'correct', 'correct')
  await one.page.getByRole('link', { name: 'Withdraw it' }).click()
  await one.page.locator('[name="reason"]').waitFor()
  await whole(one, 'withdraw', 'withdraw')
  await one.page.getByRole('button', { name: 'Withdraw the entry' }).click()
  await one.page.locator('.govuk-error-summary').waitFor()
  await whole(one, 'withdraw, without a reason', 'withdraw-wrong')
  await one.page.locator('[name="why"][value="other-child"]').check()
  await one.page.locator('[name="reason"]').fill('It was another child')
  await send(one.page, 'Withdraw the entry')
  await sure(one.page)
  await one.page.waitForURL(/\/episodes\//)
  await whole(one, 'an episode with an entry that was withdrawn', 'episode-withdrawn')

  // A home has few children: its staff choose one of them.
  await two.close()
  two = await member(browser, product, everybody.find((person) => person.role.startsWith("children's home staff")))
  await go(two, '/report')
  await two.page.getByRole('button', { name: /^Report\s+\S/ }).first().click()
  const given = { status: { 'f-status': 'missing' }, searches: { 'search-1-where': 'The garden', 'search-1-result': 'Not there' } }
  for (let step = ''; step !== 'check'; ) {
    await two.page.waitForURL(/\/report\/[^/]+\/\w/)
    step = two.page.url().split('/').pop()
    await whole(two, `report, ${step}`, `report-step-${step}`)
    await fill(two.page, given[step] ?? {})
    if (step !== 'check') await Promise.all([two.page.waitForURL((address) => !address.pathname.endsWith(step)), two.page.locator('.wh-form button.govuk-button[type=submit]').click()])
    step = two.page.url().split('/').pop()
    if (step === 'check') await whole(two, 'report, check', 'report-step-check')
  }
  await send(two.page, await two.page.locator('main form button.govuk-button').innerText())
  await two.page.waitForURL(/read-out$/)
  await whole(two, 'the page to read to the police', 'report-read-out')
  await Promise.all([one.close(), two.close()])
})

/** A picture as a telephone makes it: of many dots. */
async function large(page) {
  const address = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 2448, height: 3264 })
    const paper = canvas.getContext('2d')
    const sky = paper.createLinearGradient(0, 0, 0, canvas.height)
    sky.addColorStop(0, '#b9d2e6')
    sky.addColorStop(1, '#2f5d83')
    paper.fillStyle = sky
    paper.fillRect(0, 0, canvas.width, canvas.height)
    paper.fillStyle = '#e8c4b0'
    paper.beginPath()
    paper.ellipse(1224, 1300, 620, 820, 0, 0, 7)
    paper.fill()
    return canvas.toDataURL('image/jpeg', 0.95)
  })
  return Buffer.from(address.split(',')[1], 'base64')
}

test('a photograph is chosen, refused, looked at, recorded and shown', { timeout: 120_000 }, async () => {
  const who = await member(browser, product, everybody.find((person) => person.role.startsWith('social worker')))
  const { page } = who
  await page.goto('/board')
  const child = (await links(page, '.wh-missing__name a'))[0].split('/episodes/')[0]
  await look(who, `${child}/photographs/new`, 'photograph-choose')
  await page.setInputFiles('[name="photograph"]', { name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from('a letter') })
  await send(page)
  await page.locator('.govuk-error-summary').waitFor()
  await whole(who, 'a photograph that is none', 'photograph-wrong')
  await page.setInputFiles('[name="photograph"]', { name: 'IMG_0041.jpg', mimeType: 'image/jpeg', buffer: await large(page) })
  // The script makes it smaller before it is sent.
  await page.waitForFunction(() => document.querySelector('[name="photograph"]').files[0].name === 'photograph.jpg')
  await Promise.all([page.waitForURL(/\/record\//), page.locator('.wh-form button.govuk-button[type=submit]').click()])
  await page.waitForFunction(() => document.querySelector('.wh-photograph').naturalWidth > 0)
  await whole(who, 'the photograph before it is recorded', 'photograph-record')
  await fill(page, { 'f-likeness': 'yes' })
  await send(page)
  await whole(who, 'the photograph is recorded', 'photograph-saved')
  await go(who, child)
  const face = page.locator('.wh-identity img')
  assert.ok(await face.evaluate((image) => image.complete && image.naturalWidth === 96), 'the face is drawn')
  await page.getByRole('link', { name: 'See the photograph' }).click()
  await page.waitForFunction(() => document.querySelector('.wh-photograph').naturalWidth > 0)
  await whole(who, 'the photograph', 'photograph-show')
  await go(who, '/board')
  const drawn = await page.locator('.wh-missing img').evaluateAll((all) => Promise.all(all.map((one) => one.decode().then(() => one.naturalWidth))))
  assert.ok(drawn.length > 0 && drawn.every((width) => width === 96), `${drawn}`)
  await who.close()
})

test('alerts with entries, and one that was seen', { timeout: 120_000 }, async () => {
  const who = await member(browser, product, everybody.find((person) => person.role.startsWith('police missing')))
  await product.pass(30)
  await who.page.waitForTimeout(7_000)
  // Half an hour went by: the page was locked.
  await go(who, '/alerts')
  await look(who, '/alerts', 'alerts-with-entries')
  const waiting = await who.page.locator('.wh-alert').count()
  assert.ok(waiting > 0, 'there are alerts')
  await who.page.locator('.wh-alert button').first().click()
  await who.page.locator('.wh-alert--seen').first().waitFor()
  await whole(who, 'alerts, one of them seen', 'alerts-seen')
  await who.close()
})

test('no page is larger than 60 KB, with all that it needs, at the first visit', { timeout: 120_000 }, async () => {
  const who = await member(browser, product, everybody.find((person) => person.role.startsWith('police missing')))
  await go(who, '/board')
  const open = await links(who.page, '.wh-missing__name a')
  const weights = []
  for (const address of ['/', '/board', '/alerts', '/search', '/report', ...open.slice(0, 4), ...open.slice(0, 2).map((one) => one.split('/episodes/')[0])]) {
    weights.push([await weigh(who, address), address])
  }
  weights.sort((a, b) => b[0] - a[0])
  assert.ok(weights[0][0] > 20_000, 'what is weighed is more than the page alone')
  assert.ok(weights[0][0] <= LARGEST, `the largest: ${weights.slice(0, 3).join('; ')}`)
  await who.close()
})
