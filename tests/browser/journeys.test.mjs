// Work that is one person's, from their list to its end: the police's prevention interview, the home's own record of an absence with its
// copies, that record on paper, and a child who is moved while gone. With and without JavaScript, on a desk and on a phone.

import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { accessible, accessibleBare, narrow } from './lib/checks.mjs'
import { launch, member, of, people } from './lib/people.mjs'
import { root, start } from './lib/product.mjs'
import { fill, follow, go, reportMissing, send, todo, words, workerOf } from './lib/read.mjs'

const WIDE = { width: 1280, height: 900 }
const PHONE = { width: 375, height: 740 }
const ACCOUNT = 'Two of us walked the canal and rang his brother'

let product
let browser
let everybody

before(async () => {
  product = await start({ seed: 7, children: 48 })
  browser = await launch()
  everybody = await people(browser, product)
})

after(async () => {
  await browser?.close()
  await product?.stop()
})

for (const javaScript of [true, false]) {
  test(`each from their list to the end, ${javaScript ? 'with' : 'without'} JavaScript`, { timeout: 240_000 }, () => journeys(javaScript))
}

/** The home reports a child whom the police are told of; each run has a child of its own. */
async function gone(home) {
  const { page } = home
  const button = (name) => page.getByRole('button', { name })
  await go(home, '/report')
  const found = page.locator('.wh-found li').filter({ has: button(/^Report/) })
  const child = (await found[home.javaScript ? 'first' : 'last']().locator('strong').textContent()).trim()
  await reportMissing(page, child)
  const episode = await button('Go to the episode').getAttribute('href')
  const [base, number] = episode.split('/episodes/')
  await go(home, `${base}/record/police.reported?episode=${number}`)
  await fill(page, { 'f-as': 'missing' })
  await send(page)
  return { child, episode, base, number }
}

async function journeys(javaScript) {
  const join = (person) => member(browser, product, person, { javaScript, ...WIDE })
  const home = await join(of("children's home staff, The Willows", everybody))
  const police = await join(of('police missing persons unit', everybody))
  const manager = await join(of('manager of the home, The Willows', everybody))
  const { child, episode, base, number } = await gone(home)
  const worker = await workerOf(child, everybody, join)
  const other = await join(of("children's home staff, Larkfield House", everybody))
  const everyone = [home, police, manager, worker, other]

  /** axe finds nothing, and nothing sticks out on a phone. Without scripts all pages are looked at together at the end. */
  const looked = async ({ page }, what) => {
    await page.setViewportSize(PHONE)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth)
    assert.ok(wide <= PHONE.width, `${what}: ${wide} px wide on a phone`)
    await page.setViewportSize(WIDE)
    if (!javaScript) return
    await accessible(page, what)
    await narrow(page, what)
    await page.setViewportSize(WIDE)
  }
  /** Lines of the person's own list about this child and act. */
  const due = async (who, act, of = child) => (await todo(who, of)).filter((line) => line.act.includes(act))
  /** From the list to the page of the act, by its button. */
  const open = async (who, act, of = child) => {
    for (const part of ['', '?part=unknown', '?part=may']) {
      await go(who, `/to-do/all${part}`)
      for (;;) {
        const line = who.page.locator('.wh-duty').filter({ hasText: act }).filter({ hasText: of })
        if (await line.count()) return follow(who.page, line.first().locator('.wh-duty__do a'))
        const next = who.page.locator('.govuk-pagination__next a')
        if (!(await next.count())) break
        await follow(who.page, next)
      }
    }
    throw new Error(`“${act}” stands on no list of ${who.person.role}`)
  }

  await product.pass(30)
  await go(home, `${base}/record/return.recorded?episode=${number}`)
  await fill(home.page, { 'f-how': 'own_accord' })
  await send(home.page)
  await seenByPolice(police, home, { episode, due, open, looked })
  await writtenRecord(manager, { child, due, open, looked })
  await onPaper(manager, base, javaScript)
  everyone.push(await moved(other, { join, due, open, looked }))
  for (const who of everyone) {
    if (!javaScript) await accessibleBare(browser, who.seen)
    assert.deepEqual(who.troubles.filter((one) => !/422/.test(one)), [])
    await who.close()
  }
}

/** Placed in another county while gone: whoever is to tell the police and the authority there has a line for it. */
async function moved(home, { join, due, open, looked }) {
  const { child, base } = await gone(home)
  const worker = await workerOf(child, everybody, join)
  const { page } = worker
  await product.pass(60)
  assert.equal((await due(worker, 'moved while gone', child)).length, 0)
  await go(worker, `${base}/placements/move`)
  await fill(page, {
    type: 'childrens_home',
    name: 'The Quay House',
    address: '2 Ferry Road, Port Averley',
    host_authority: 'essex',
    planned: 'no',
    source: 'seen',
  })
  await send(page)
  assert.match(await words(page), /It was recorded where the child lives/)
  const [line] = await due(worker, 'moved while gone', child)
  assert.ok(line, 'it stands on the list')
  assert.match(line.tell, /host authority/i)
  await open(worker, 'moved while gone', child)
  await looked(worker, 'whom to tell of a move')
  await fill(page, { 'f-to': ['host_police', 'host_authority'], by: 'social_worker' })
  await send(page)
  assert.equal((await due(worker, 'moved while gone', child)).length, 0, 'both are told')
  return worker
}

/** The police see the child, and write down what they learned. */
async function seenByPolice(police, home, { episode, due, open, looked }) {
  const { page } = police
  assert.equal((await due(police, 'Hold the prevention interview')).length, 1)
  await open(police, 'Hold the prevention interview')
  assert.match(page.url(), /prevention_interview_record/)
  await looked(police, 'the form of a prevention interview')
  await fill(page, {
    'q-well_and_safe': 'yes',
    'q-abuse_or_crime': 'no',
    'q-continuing_risks': 'Rows about the telephone',
    'q-tracing_details': 'The skate park behind the station',
    'f-interviewer': 'police_officer',
    by: 'police_officer',
  })
  await send(page, 'Complete the form')
  assert.equal((await due(police, 'Hold the prevention interview')).length, 0, 'it is done')
  await go(police, episode)
  assert.match(await words(page), /prevention interview/i)
  await go(home, episode)
  assert.match(await words(home.page), /prevention interview/i)
  await looked(home, 'an episode with a prevention interview, as the home reads it')
}

/** The home's own record of the absence, with what its procedure wants in it; then its copies. */
async function writtenRecord(manager, { due, open, looked }) {
  const { page } = manager
  const kept = (await due(manager, 'Keep the record of the absence')).length
  assert.ok(kept > 0)
  await open(manager, 'Keep the record of the absence')
  assert.match(page.url(), /forms\/childrens-home\/absence_record/)
  await looked(manager, "the form of the home's record")
  // One of the four is missing: it says which, and what was typed stands.
  await fill(page, { 'q-home_action': ACCOUNT, 'q-return_circumstances': 'He walked in by himself', 'q-child_reasons': 'He gave none' })
  await send(page, 'Complete the form')
  await page.locator('.govuk-error-summary').waitFor()
  assert.equal(await page.locator('[name="q-home_action"]').inputValue(), ACCOUNT)
  await looked(manager, "the form of the home's record, with an answer missing")
  await fill(page, { 'q-response_to_reasons': 'His key worker sits down with him tomorrow' })
  await send(page, 'Complete the form')
  assert.ok((await words(page)).includes('The form is complete'))
  assert.equal((await due(manager, 'Keep the record of the absence')).length, kept - 1)
  // The copies.
  assert.equal((await due(manager, 'Log the episode')).length, 1)
  await open(manager, 'Log the episode')
  await looked(manager, 'what was shared')
  await fill(page, { 'f-with': ['social_worker', 'parent'], by: 'home_manager' })
  await send(page)
  assert.equal((await due(manager, 'Log the episode')).length, 0, 'the copies are sent')
}

/** What is completed, on paper: who and when, every answer and its paragraph, and nothing that is for a screen. */
async function onPaper(manager, base, javaScript) {
  const { page } = manager
  await go(manager, `${base}/forms`)
  await follow(page, page.getByRole('link', { name: 'Report of the missing episode' }).first())
  assert.match(page.url(), /\/forms\/filled\//)
  await page.emulateMedia({ media: 'print' })
  const shown = await words(page)
  assert.ok(shown.includes(ACCOUNT) && shown.includes('He gave none'))
  assert.match(shown, /Beau Lovatt/)
  // Paper does not know which day today is.
  assert.match(await page.locator('.wh-footer').innerText(), /As at \d\d:\d\d, Tue 6 Jan 2026/)
  assert.match(shown, /What the home did\s+Recording/)
  assert.doesNotMatch(await page.locator('body').innerText(), /HOME-[a-z]|absence_record/)
  const seen = await page.locator('nav, .wh-nav, button, .govuk-button, .wh-subnav, .govuk-back-link').evaluateAll((all) =>
    all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML.slice(0, 100)),
  )
  assert.deepEqual(seen, [], 'what is for a screen is not on paper')
  const folder = path.join(root, 'target/screenshots')
  mkdirSync(folder, { recursive: true })
  const paper = await page.pdf({ format: 'A4' })
  writeFileSync(path.join(folder, `form-on-paper-${javaScript ? 'with' : 'without'}-scripts.pdf`), paper)
  await page.setViewportSize({ width: 794, height: 1123 })
  await page.screenshot({ path: path.join(folder, 'form-on-paper.png'), fullPage: true })
  await page.setViewportSize(WIDE)
  await page.emulateMedia({ media: null })
}
