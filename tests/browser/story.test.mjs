// One child's episode from the unanswered call to the return home interview, over three simulated days: five people, each before a
// browser of their own, each led by what the product tells them to do. Once with JavaScript and once without.

import assert from 'node:assert/strict'
import path from 'node:path'
import { accessible, accessibleBare, whole } from './lib/checks.mjs'
import { member, of, people } from './lib/people.mjs'
import { root, start } from './lib/product.mjs'
import { begin, fill, go, line, recordFrom, search, send, sure, todo, words, workerOf } from './lib/read.mjs'
import { told } from './lib/told.mjs'

const TUESDAY = '2026-01-06'
const WEDNESDAY = '2026-01-07'
const THURSDAY = '2026-01-08'
const INCIDENT = 'LM-260106-041'

told('an episode from start to end', 360_000, story)

async function story(browser, product, javaScript) {
  const everybody = await people(browser, product)
  const join = (person) => member(browser, product, person, { javaScript })
  const home = await join(of("children's home staff, The Willows", everybody))
  const police = await join(of('police missing persons unit', everybody))
  const coordinator = await join(of('missing co-ordinator', everybody))
  const interviewer = await join(of('return interviewer', everybody))

  // 03:12 on Tuesday. Who is here, and is not gone already?
  await go(home, '/report')
  const found = home.page.locator('.wh-found li').filter({ has: home.page.getByRole('button', { name: /^Report/ }) })
  const child = (await found.first().locator('strong').textContent()).trim()
  const worker = await workerOf(child, everybody, join)
  const everyone = { home, police, coordinator, interviewer, worker }
  const asked = async (who, act) => line(await todo(who, child), act)
  const notAsked = async (who, act) => {
    const lines = (await todo(who, child)).filter((one) => one.act.includes(act))
    assert.deepEqual(lines, [], `“${act}” is done`)
  }

  const tellEdt = "Tell the child's social worker, or out of hours the Emergency Duty Team"
  const episode = await report(home, child)
  await readOut(home, child)

  // What the report brings to each of them.
  const edt = await asked(home, tellEdt)
  assert.equal(edt.left.toLowerCase(), 'no time set')
  // Due at once, seven minutes ago: nobody calls that late yet.
  const form = await asked(home, 'Give the police the Incident Form')
  assert.deepEqual([form.by, form.left.toLowerCase()], ['by 03:05 today', 'at once'])
  assert.ok(await asked(police, 'Grade the risk'))
  assert.equal((await asked(police, "Share this weekday's information on the missing child")).by, 'by 23:59 today')
  assert.equal((await asked(worker, 'Need to Know briefing')).by, 'by 02:50 tomorrow')

  // The home tells the emergency duty team: the line goes.
  await begin(home, tellEdt, child)
  await fill(home.page, { occurred: [TUESDAY, '03:10'], 'f-how': 'by telephone' })
  await send(home.page)
  assert.match(await words(home.page), /Recorded: somebody was told, 03:10 today/)
  await notAsked(home, tellEdt)

  // The police grade the risk as high. It stands on the board of everybody, and brings acts that are due at once.
  await begin(police, 'Grade the risk', child)
  await fill(police.page, { occurred: [TUESDAY, '03:12'], 'f-level': 'high' })
  await send(police.page)
  assert.equal((await asked(police, 'High risk: deploy at once')).by, 'by 03:12 today')
  await go(coordinator, '/board')
  const row = coordinator.page.locator('.wh-missing').filter({ hasText: child })
  assert.match(await row.innerText(), /High risk/)

  // The social worker at nine in the morning.
  await product.pass(6 * 60)
  await begin(worker, 'Tell the service manager or strategic manager', child)
  await fill(worker.page, { occurred: [TUESDAY, '09:05'] })
  await send(worker.page)
  await notAsked(worker, 'Tell the service manager or strategic manager')
  assert.match((await asked(worker, 'Need to Know briefing')).left, /^17 h 3\d min left$/)

  // There is a photograph with the social worker: from now on it stands on the board of everybody.
  await photograph(worker, child)
  await go(police, '/board')
  const face = police.page.locator('.wh-missing').filter({ hasText: child }).locator('img')
  assert.equal(await face.evaluate((image) => image.decode().then(() => image.naturalWidth)), 96)

  // Wednesday morning: with the risk high, and a day gone, a strategy meeting has a limit. The co-ordinator sees whose it is,
  // why, and records that it was held.
  await product.pass(25 * 60)
  await go(coordinator, `${episode}/due`)
  const meeting = coordinator.page.locator('.wh-slim, .wh-duty').filter({ hasText: 'Hold the first strategy meeting' })
  assert.match(await meeting.innerText(), /by 02:50 tomorrow/)
  await meeting.getByRole('link', { name: /^Why/ }).click()
  await coordinator.page.waitForURL(/\/why\//)
  const why = await words(coordinator.page)
  assert.match(why, /Why is this due\?/)
  assert.match(why, /High/, 'it names the grade of risk that it hangs on')
  assert.match(why, /Paragraph [\d.]+/, 'it names the paragraphs')
  assert.doesNotMatch(why, /NORTHANTS-/, 'and no number of ours')
  // Without JavaScript, every page is looked at together at the end.
  if (javaScript) await accessible(coordinator.page, 'why a strategy meeting is due')
  await go(coordinator, `${episode}/due`)
  await meeting.getByRole('button', { name: /^Record the meeting/ }).click()
  await fill(coordinator.page, {
    occurred: [WEDNESDAY, '10:00'],
    'f-chair': 'team_manager',
    'f-attended': ['police', 'social_worker'],
    'f-apologies': ['health'],
    'f-decisions': 'No publicity today, because the friends may still be reached.\nThe room stays as it is for the return.',
    'f-actions': 'Police: speak to the two friends, today\nSocial worker: visit the aunt, by 18:00 tomorrow\nSchool: ring if the child comes, at once',
    'f-next_planned_for': [THURSDAY, '10:00'],
    note: 'The friends named by the school are asked today.',
  })
  await send(coordinator.page)
  assert.match(await words(coordinator.page), /The friends named by the school are asked today/)
  assert.equal(await meeting.count(), 0, 'the meeting is not asked any more')
  await minutes(coordinator, javaScript)
  await product.pass(3 * 60 + 50)

  // Wednesday, 14:02: the child is back, says the home. That is wrong by two hours, but nobody knows yet.
  await go(home, episode)
  await recordFrom(home, 'The child came back')
  await fill(home.page, { occurred: [WEDNESDAY, '13:40'], 'f-how': 'own_accord', 'f-condition': 'Tired and cold' })
  await send(home.page)
  assert.match(await words(home.page), /Returned after 1 d 10 h/)
  assert.equal((await asked(interviewer, 'Hold the Independent Return Interview')).by, 'by 13:40 on Sat 10 Jan')

  // The police hold the prevention interview.
  await begin(police, 'Hold the prevention interview', child)
  await fill(police.page, { occurred: [WEDNESDAY, '14:00'], note: 'Says that they were with a friend.' })
  await send(police.page)
  await notAsked(police, 'Hold the prevention interview')

  // A day later the home corrects the time: limits move with it, and what it said before stays to be seen.
  await product.pass(24 * 60)
  await correct(home, episode, javaScript)
  const moved = await asked(interviewer, 'Hold the Independent Return Interview')
  assert.equal(moved.by, 'by 11:30 on Sat 10 Jan', 'the limit moved with the correction')
  await go(interviewer, episode)
  await interviewer.page.locator('.wh-duty, .wh-slim').filter({ hasText: 'Hold the Independent Return Interview' }).getByRole('link', { name: /^Why/ }).click()
  await interviewer.page.waitForURL(/\/why\//)
  assert.match(await words(interviewer.page), /The child came back[^\n]*11:30 yesterday/)

  await interview(interviewer, episode, { child, asked, notAsked, javaScript, worker })
  for (const [name, who] of Object.entries(everyone)) assert.deepEqual(who.troubles, [], `the browser of ${name}`)
  if (!javaScript) {
    const seen = new Map(Object.values(everyone).flatMap((who) => [...who.seen]))
    const pages = await accessibleBare(browser, seen)
    assert.ok(pages > 20, `axe saw ${[...seen.keys()].join(', ')}`)
  }
}

/** The report, question by question; gives the address of the episode. */
async function report({ page }, child) {
  await page.goto('/report')
  await page.getByRole('button', { name: new RegExp(`^Report\\s+${child}`) }).click()
  const answers = [
    ['status', { 'f-status': 'missing' }],
    ['noticed', { occurred: [TUESDAY, '02:50'] }],
    ['last-seen', { 'f-last_seen_at': ['2026-01-05', '23:30'], 'f-last_seen_where': 'The bedroom, at the evening round' }],
    ['appearance', { appearance: 'A grey hooded top and black trainers', belongings: 'The telephone, and no coat' }],
    ['searches', { 'search-1-where': 'The house and the garden', 'search-1-result': 'Not there; the window was open', 'searched-time': '02:58' }],
    ['calls', { 'call-1-of': 'parent', 'call-1-result': 'Has not heard anything' }],
    ['risk', { 'risk-significant': 'yes', 'risk-level': 'high', 'risk-why': 'Said goodbye to a friend by message.' }],
    ['police', { 'police-told': 'yes', 'police-at': [TUESDAY, '03:05'], 'police-incident_number': INCIDENT }],
  ]
  for (const [step, given] of answers) {
    await page.waitForURL(new RegExp(`/${step}$`))
    if (step === 'searches') given.searched = [TUESDAY, '02:58']
    delete given['searched-time']
    await fill(page, given)
    await send(page)
  }
  const check = await words(page)
  for (const said of ['The house and the garden', 'Has not heard anything', INCIDENT, '03:05 today', '23:30 yesterday']) assert.ok(check.includes(said), said)
  await send(page, `Report ${child} missing`)
  await page.waitForURL(/\/read-out$/)
  return page.getByRole('button', { name: 'Go to the episode' }).getAttribute('href')
}

/** The page to read to the police. */
async function readOut({ page }, child) {
  const said = await words(page)
  for (const part of [`missing child, ${child}, aged`, 'A grey hooded top', 'The window was open'.toLowerCase(), INCIDENT, 'Said goodbye to a friend']) {
    assert.ok(said.toLowerCase().includes(part.toLowerCase()), part)
  }
}

/** The social worker adds a photograph, from the page of the child. */
async function photograph({ page }, child) {
  await search(page, child)
  await page.getByRole('link', { name: child, exact: true }).click()
  await page.getByRole('link', { name: /^Add a (photograph|newer one)$/ }).click()
  await page.setInputFiles('[name="photograph"]', path.join(root, 'docs/pictures/episode.png'))
  await Promise.all([page.waitForURL(/\/record\//), page.getByRole('button', { name: 'Continue' }).click()])
  for (const [part, value] of Object.entries({ day: '1', month: '12', year: '2025' })) await page.locator(`[name="f-taken_on-${part}"]`).fill(value)
  await send(page)
  assert.match(await words(page), /Recorded: a photograph was added/)
}

/** The meeting stands on the episode with its actions one a line; its minutes are issued from there. */
async function minutes({ page }, javaScript) {
  const meeting = page.locator('#meetings .wh-meeting')
  assert.equal(await meeting.count(), 1)
  assert.match(await meeting.innerText(), /Held 10:00 today\s+No minutes yet/)
  assert.match(await meeting.innerText(), /may still be reached\.\nThe room stays/, 'lines are kept')
  assert.deepEqual(await meeting.locator('li').allInnerTexts(), [
    'Police: speak to the two friends, today',
    'Social worker: visit the aunt, by 18:00 tomorrow',
    'School: ring if the child comes, at once',
  ])
  await meeting.getByRole('link', { name: /^Issue the minutes/ }).click()
  await page.locator('form.wh-form').waitFor()
  await fill(page, { occurred: [WEDNESDAY, '10:10'], by: 'team_manager', 'f-to': ['police', 'social_worker'], 'f-minutes': 'On the child’s file, under Meetings.\nTwo pages.' })
  await send(page)
  assert.match(await meeting.innerText(), /Minutes issued[\s\S]*10:10 today[\s\S]*under Meetings\.\nTwo pages\./)
  if (javaScript) await accessible(page, 'an episode with a strategy meeting')
}

/** The child came back two hours earlier than was recorded. */
async function correct(home, episode, javaScript) {
  await go(home, episode)
  const entry = home.page.locator('.wh-timeline__item').filter({ hasText: 'The child came back' })
  await entry.getByRole('link', { name: /^Correct/ }).click()
  await home.page.locator('form.wh-form').waitFor()
  assert.match(await words(home.page), /What the entry says now/)
  await fill(home.page, { occurred: [WEDNESDAY, '11:30'], note: 'The door was opened at 11:30, says the log of the night staff.', why: 'told-wrongly', reason: 'The night staff told us the wrong time' })
  await send(home.page)
  // Nothing is saved yet: what would be asked otherwise is said, and who is told.
  const told = await words(home.page)
  assert.match(told, /What this changes/)
  assert.match(told, /Would have another time limit[\s\S]*Hold the Independent Return Interview\s+By 11:30 on Sat 10 Jan, not 13:40 on Sat 10 Jan/)
  if (javaScript) await whole(home, 'what a correction changes', 'correct-changes')
  await go(home, episode)
  assert.match(await entry.innerText(), /13:40/, 'it says what it said')
  // What was typed is still there, and is looked at again before it is saved.
  await home.page.goBack()
  assert.match(await words(home.page), /What this changes/)
  await send(home.page, 'Back to what I typed')
  assert.match(await words(home.page), /Not saved yet/)
  assert.equal(await home.page.locator('[name="occurred-time"]').inputValue(), '11:30')
  assert.match(await home.page.locator('[name="note"]').inputValue(), /log of the night staff/)
  await send(home.page)
  assert.ok(await sure(home.page), 'it is said once more')
  await go(home, episode)
  assert.match(await entry.innerText(), /11:30 yesterday|11:30\s+yesterday/)
  assert.match(await entry.textContent(), /Put right[\s\S]*It was told to us wrongly\. The night staff told us the wrong time[\s\S]*What it said before[\s\S]*Recorded/)
}

/** With JavaScript the child accepts and the interview is held and shared; without, the child declines it. */
async function interview(interviewer, episode, { child, asked, notAsked, javaScript, worker }) {
  const { page } = interviewer
  await go(interviewer, episode)
  await recordFrom(interviewer, 'The return home interview was offered')
  await fill(page, { occurred: [THURSDAY, '13:00'], 'f-how': 'in person', by: 'return_interviewer' })
  await send(page)
  if (!javaScript) {
    await recordFrom(interviewer, 'The return home interview was declined')
    await fill(page, { occurred: [THURSDAY, '13:05'], 'f-reason': 'Does not want to talk about it', by: 'return_interviewer' })
    await send(page)
    await go(interviewer, episode)
    assert.match(await words(page), /Declined/)
    assert.ok(await asked(worker, 'Follow up with the child: why they went'), 'the social worker follows it up')
    return
  }
  await begin(interviewer, 'Hold the Independent Return Interview', child)
  // It leads to the form of the interview, and completing that records that it was held.
  await page.goto(page.url().replace(/[?&]paper=yes/, ''))
  assert.match(page.url(), /forms\/northamptonshire\/return_interview_record/)
  await fill(page, { 'q-interviewer': 'return_interviewer', 'q-held_at': [THURSDAY, '13:30'], 'q-childs_views': 'I wanted to be somewhere quiet.' })
  await send(page, 'Complete the form')
  await go(interviewer, `${episode.split('/episodes/')[0]}/forms`)
  await page.getByRole('link', { name: 'Independent Return Interview form' }).first().click()
  await page.waitForURL(/\/forms\/filled\//)
  assert.match(await words(page), /I wanted to be somewhere quiet/)
  await go(interviewer, episode)
  const share = await asked(interviewer, 'Share what the return interview found')
  assert.match(share.tell, /social worker/)
  await begin(interviewer, 'Share what the return interview found', child)
  await fill(page, { occurred: [THURSDAY, '13:50'], 'f-with': ['police', 'childrens_social_care', 'social_worker', 'reviewing_officer'] })
  await send(page)
  await notAsked(interviewer, 'Share what the return interview found')
}
