// The return home interview from the offer to the findings: declined with a reason, offered again, held with the child's words apart, and
// shared; and of what the child said, or told in confidence, nothing on any page of whoever may not see it.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { accessible, accessibleBare, narrow } from './lib/checks.mjs'
import { launch, member, of, people } from './lib/people.mjs'
import { START, start } from './lib/product.mjs'
import { fill, follow, go, reportMissing, send, words, workerOf } from './lib/read.mjs'

const WIDE = { width: 1280, height: 900 }
const REASON = 'That lady asked the same last time'
const WORDS = 'I only wanted to be somewhere quiet'
const CONFIDENCE = 'There is a flat above the barber'

let product
let browser
let everybody
let passed = 0

before(async () => {
  product = await start({ seed: 7, children: 24 })
  browser = await launch()
  everybody = await people(browser, product)
})

after(async () => {
  await browser?.close()
  await product?.stop()
})

const pass = async (minutes) => {
  passed += minutes
  await product.pass(minutes)
}

/** Ten minutes ago, as it is typed. */
const justNow = () => {
  const at = new Date(Date.parse(START) + (passed - 10) * 60_000).toISOString()
  return [at.slice(0, 10), at.slice(11, 16)]
}

// Each with a child of its own, of one home.
for (const javaScript of [true, false]) {
  test(`a return home interview, ${javaScript ? 'with' : 'without'} JavaScript`, { timeout: 120_000 }, () => journey(javaScript))
}

/** The home reports a child missing, who is back half an hour later. */
async function goneAndBack(home) {
  const { page } = home
  const button = (name) => page.getByRole('button', { name })
  await go(home, '/report')
  const child = (await page.locator('.wh-found li').filter({ has: button(/^Report/) })[home.javaScript ? 'first' : 'last']().locator('strong').textContent()).trim()
  await reportMissing(page, child)
  const episode = await button('Go to the episode').getAttribute('href')
  await pass(30)
  const [base, number] = episode.split('/episodes/')
  await go(home, `${base}/record/return.recorded?episode=${number}`)
  await fill(page, { 'f-how': 'own_accord' })
  await send(page)
  assert.match(await words(page), /Returned after/)
  return { child, episode, base, number }
}

async function journey(javaScript) {
  const join = (person) => member(browser, product, person, { javaScript, ...WIDE })
  const home = await join(of("children's home staff, The Willows", everybody))
  const police = await join(of('police missing persons unit', everybody))
  const interviewer = await join(of('return interviewer', everybody))
  const { child, episode, base, number } = await goneAndBack(home)
  const worker = await workerOf(child, everybody, join)
  const { page } = interviewer
  // Without JavaScript, every page is looked at together at the end.
  const looked = async (who, what) => {
    if (!javaScript) return
    await accessible(who.page, what)
    await narrow(who.page, what)
    await who.page.setViewportSize(WIDE)
  }

  // One line on the list of interviews, with the state of it and what can be recorded next.
  const listed = async (part, state) => {
    await go(interviewer, `/interviews?part=${part}`)
    const one = page.locator('.wh-interview').filter({ has: page.locator(`a[href="${episode}"]`) })
    assert.equal(await one.count(), 1, `${child} among those ${part}`)
    assert.equal((await one.locator('.govuk-tag').innerText()).toLowerCase(), state)
    return one
  }
  /** What is due of an act, on the page of what is due in the episode. */
  const due = async (who, act) => {
    await go(who, `${episode}/due`)
    return who.page.locator('.wh-duty, .wh-slim').filter({ hasText: act })
  }
  const next = async (part, state, says) => {
    const one = await listed(part, state)
    await follow(page, one.getByRole('link', { name: new RegExp(`^${says}`) }))
  }

  // Offered, and declined with a reason in the child's words.
  await next('owed', 'owed', 'It was offered')
  await looked(interviewer, 'an interview is offered')
  assert.ok(await page.locator('[name="by"][value="return_interviewer"]').isChecked(), 'whoever holds interviews stands there as who offered it')
  await fill(page, { 'f-how': 'In person, at the home' })
  await send(page)
  assert.equal(new URL(page.url()).pathname, '/interviews', `one is back at the list: ${await words(page)}`)
  await next('offered', 'offered', 'It was declined')
  await looked(interviewer, 'an interview is declined')
  await fill(page, { 'f-reason': REASON, 'f-alternative_named': 'social_worker' })
  await send(page)
  await looked(interviewer, 'interviews')
  const declined = await listed('declined', 'declined')
  assert.deepEqual((await declined.locator('.wh-interview__do a').allInnerTexts()).map((text) => text.split(':')[0].trim()), ['It was offered', 'It was held'])

  // The reason is read where the work is, and brings the next step; the home reads that it was declined, and not why.
  await go(worker, episode)
  assert.ok((await words(worker.page)).includes(REASON))
  await looked(worker, 'an episode with a declined interview')
  assert.equal(await (await due(worker, 'Follow up with the child: why they went')).count(), 1)
  await go(home, episode)
  assert.match(await words(home.page), /interview was declined/)
  await looked(home, 'an episode with a declined interview, as the home reads it')

  // It stays open to a later attempt.
  await pass(60)
  await next('declined', 'declined', 'It was offered')
  await fill(page, { 'f-how': 'On the telephone, of the home' })
  await send(page)

  // Held: the form asks for the child's own words apart from what the interviewer thinks, and is read so.
  await next('offered', 'offered', 'It was held')
  assert.match(page.url(), /forms\/northamptonshire\/return_interview_record/)
  await looked(interviewer, 'the form of an interview')
  await fill(page, { 'q-interviewer': 'return_interviewer', 'q-held_at': justNow(), 'q-childs_views': WORDS, 'q-feedback': 'A talk with the carer' })
  await send(page, 'Complete the form')
  await go(interviewer, `${base}/forms`)
  await follow(page, page.getByRole('link', { name: 'Independent Return Interview form' }).first())
  const filled = new URL(page.url()).pathname
  assert.match(filled, /\/forms\/filled\//)
  const read = await words(page)
  const childs = read.search(/in the child['’]s own words/i)
  const view = read.search(/the interviewer['’]s view, and what follows/i)
  assert.ok(childs >= 0 && childs < read.indexOf(WORDS) && read.indexOf(WORDS) < view && view < read.indexOf('A talk with the carer'), read)
  await looked(interviewer, 'an interview, as it was written down')
  await listed('held', 'held')

  // Told in confidence, beside it.
  await go(interviewer, `${base}/record/information.received?episode=${number}`)
  await fill(page, { 'f-kind': 'from_interview', 'f-text': CONFIDENCE, 'f-keep': 'in_confidence' })
  await send(page)
  assert.ok((await words(page)).includes(CONFIDENCE))

  // Shared with those whom the protocol names.
  const share = 'Share what the return interview found'
  await follow(page, (await due(interviewer, share)).locator('a[href*="/record/"]').first())
  await looked(interviewer, 'what an interview found is shared')
  await fill(page, { 'f-with': ['police', 'childrens_social_care', 'social_worker', 'reviewing_officer'] })
  await send(page)
  assert.equal(await (await due(interviewer, share)).count(), 0, 'it is shared')

  // Who reads what of it: the words themselves, wherever a page may hold them.
  const reads = async (who, pages) => {
    let all = ''
    for (const address of pages) {
      await go(who, address)
      all += await who.page.content()
    }
    return [REASON, WORDS, CONFIDENCE].map((said) => all.includes(said))
  }
  assert.deepEqual(await reads(worker, [episode, filled]), [true, true, true], 'the social worker')
  assert.deepEqual(await reads(police, [episode, filled]), [true, true, false], 'the police')
  assert.deepEqual(await reads(home, [episode, base, `${base}/forms`, filled, '/', '/board', '/to-do/all', '/alerts']), [false, false, false], 'the home')
  await go(home, episode)
  assert.match(await words(home.page), /interview was held/, 'that it was held, the home knows')
  await looked(home, 'an episode with an interview that was held, as the home reads it')
  // Nor does an address that somebody was given lead there.
  assert.equal((await home.page.goto('/interviews')).status(), 403)
  assert.deepEqual(await reads(home, await entries(worker, episode)), [false, false, false], 'the home, by the address of an entry')

  const everyone = { home, police, interviewer, worker }
  for (const [name, who] of Object.entries(everyone)) assert.deepEqual(who.troubles, [], `the browser of ${name}`)
  if (javaScript) return
  // The lists and the board are looked at elsewhere.
  const own = ([kind]) => /interviews$|\/record\/return_interview|\/forms|\/episodes\//.test(kind)
  const seen = new Map(Object.values(everyone).flatMap((who) => [...who.seen].filter(own)))
  assert.ok((await accessibleBare(browser, seen)) > 5, [...seen.keys()].join(', '))
}

/** The pages on which the entries with such words are disputed and corrected, as somebody who reads them finds their addresses. */
async function entries(who, episode) {
  await go(who, episode)
  const found = []
  for (const said of [REASON, WORDS, CONFIDENCE]) {
    const entry = who.page.locator('.wh-timeline__item').filter({ hasText: said }).locator('a[href*="/dispute/"]')
    if (await entry.count()) found.push(await entry.first().getAttribute('href'))
  }
  assert.ok(found.length >= 2, 'entries with such words')
  return found.flatMap((address) => [address, address.replace('/dispute/', '/correct/'), address.replace('/dispute/', '/withdraw/')])
}
