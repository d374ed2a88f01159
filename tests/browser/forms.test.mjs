// The forms of the rulebooks, by the people whose work they are: filled in, put aside, gone on with, completed, read, taken over and compared.
// Every form is opened and completed in crates/web/tests/it/forms.rs; here the ones that matter most are looked at, with and without JavaScript.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessibleBare, LARGEST, picture, weigh, whole } from './lib/checks.mjs'
import { launch, member, of, people } from './lib/people.mjs'
import { start } from './lib/product.mjs'
import { fill, go, send, words } from './lib/read.mjs'

const worker = 'missing co-ordinator'
const police = 'police missing persons unit'
const moment = ['2026-01-06', '01:30']

// What it is called, who fills it in, where it is, what is typed, and what is read of it afterwards.
const forms = [
  ['incident', worker, 'northamptonshire/incident_form', { 'q-last_seen_at': moment, 'q-last_seen_where': 'Bus station', 'q-associates-1-name': 'Kez Abara', 'q-associates-1-phone': '07700 900654', 'q-phone': '07700 900987', 'f-child.exploitation_risk': 'yes' }, ['Kez Abara', '07700 900987', 'Bus station']],
  ['keep-safe-plan', worker, 'bedfordshire/safety_plan', { 'q-risk': 'High at night', 'q-supervision': 'A talk each evening', 'q-others_involved': 'Nobody is known', 'q-parents_advice': 'Ring before looking', 'q-if_missing': 'Ring the aunt first' }, ['Ring the aunt first']],
  ['nineteen-factors', worker, 'bedfordshire/missing_risk_assessment', { 'q-illness': 'high', 'q-illness-what': 'Asthma', 'q-medication': 'medium', 'q-bullying': 'low' }, ['Asthma', 'Medium', 'Complete, 16 of 19 factors not graded', 'Not graded']],
  ['set', worker, 'essex/missing_risk_assessment', { 'q-very_young': 'yes', 'q-very_young-what': 'Eleven years old', 'q-very_young-since': 'always' }, ['Eleven years old']],
  ['mash-rating', worker, 'northamptonshire/hub_rating', { 'q-received_at': moment, 'f-rating': 'amber', 'q-rests_on': 'Known to meet adults' }, ['Amber', 'Known to meet adults']],
  ['police-pack', worker, 'northamptonshire/missing_report', { 'q-circumstances': 'Left by the window', 'q-reporter_telephone': '01632 960123' }, ['Left by the window']],
  ['uasc', worker, 'northamptonshire/family_assessment', { 'q-background': 'Walked for a year', 'q-may_go_missing': 'high', 'q-may_go_missing-what': 'A number in the shoe' }, ['A number in the shoe']],
  ['outing', worker, 'bedfordshire/outing_record', { 'f-answer': 'no', 'f-reason': 'The others are well', 'q-where': 'By the sea until Friday' }, ['By the sea until Friday']],
  ['media', police, 'northamptonshire/media_decision', { 'f-answer': 'no', 'f-reason': 'It would help those who look for her', 'q-harm': 'Found by the wrong people' }, ['Found by the wrong people']],
  ['police-protection', police, 'northamptonshire/police_protection_record', { 'q-why': 'Found with a man twice her age', 'q-before_the_end': 'The worker comes at nine' }, ['The worker comes at nine']],
]

// An interview is held once the child is back.
const interview = ['return-interview', worker, 'northamptonshire/return_interview_record', { 'q-interviewer': 'missing_coordinator', 'q-permission': 'yes', 'q-childs_views': 'I wanted to see my nan', 'q-feedback': 'A talk with the carer' }, ['I wanted to see my nan']]

for (const javaScript of [true, false]) {
  test(`forms are filled in, ${javaScript ? 'with' : 'without'} JavaScript`, { timeout: 900_000 }, async () => {
    const product = await start({ seed: 7, children: 14 })
    const browser = await launch()
    try {
      const everybody = await people(browser, product)
      const who = new Map()
      for (const role of [worker, police]) who.set(role, await member(browser, product, of(role, everybody), { javaScript }))
      const child = await openChild(who.get(worker))
      for (const form of forms) await journey(who.get(form[1]), form, child)
      await back(who.get(worker), child)
      await journey(who.get(worker), interview, child)
      if (javaScript) await typing(who.get(worker), browser, product, everybody)
      await ownWords(browser, product, everybody, child, javaScript)
      for (const one of who.values()) {
        if (javaScript) assert.deepEqual(one.troubles, [])
        else assert.ok((await accessibleBare(browser, one.seen)) > 5)
      }
    } finally {
      await browser.close()
      await product.stop()
    }
  })
}

async function openChild(who) {
  await go(who, '/board')
  const link = await who.page.locator('a[href*="/episodes/"]').first().getAttribute('href')
  return link.split('/episodes/')[0]
}

// The child came back just now; what the form asks of the hour is that hour.
async function back(who, child) {
  const { page } = who
  await go(who, `${child}/record/return.recorded`)
  const [date, time] = await now(page)
  interview[3]['q-held_at'] = [date, time]
  await fill(page, { 'f-how': 'own_accord' })
  await send(page)
}

/** The hour with which a page is filled. */
async function now(page) {
  const part = (end) => page.locator(`[name="occurred-${end}"]`).inputValue()
  const [day, month, year, time] = [await part('day'), await part('month'), await part('year'), await part('time')]
  return [`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, time]
}

async function journey(who, [name, , at, answers, read], child) {
  const { page, javaScript } = who
  const address = `${child}/forms/${at}`
  await go(who, address)
  if (javaScript) {
    await whole(who, name, `form-${name}`)
    assert.ok((await weigh(who, address)) < LARGEST, `${name} is small`)
  } else await picture(page, `form-${name}-bare`)
  await fill(page, answers)

  // Put aside, and gone on with.
  await send(page, 'Save and come back later')
  assert.equal(new URL(page.url()).pathname, `${child}/forms`, `${name}: ${await words(page)}`)
  if (name === 'incident' && javaScript) await whole(who, 'the forms of a child', 'forms')
  await page.locator(`a[href*="/forms/draft/"]`).first().click()
  for (const [field, value] of Object.entries(answers)) {
    if (Array.isArray(value)) continue
    const control = page.locator(`[name="${field}"]`).first()
    const radio = (await control.getAttribute('type')) === 'radio'
    const held = radio ? await page.locator(`[name="${field}"]:checked`).getAttribute('value') : await control.inputValue()
    assert.equal(held, value, `${name}: ${field} was kept`)
  }

  // Completed, and read.
  await send(page, 'Complete the form')
  assert.match(page.url(), /\/forms\/filled\//, `${name}: ${await words(page)}`)
  for (const text of read) assert.match(await words(page), new RegExp(text), name)
  if (javaScript) await whole(who, `${name}, complete`, `form-${name}-read`)
  const first = page.url()

  // Taken over: unexamined until somebody looks, and compared with the version before.
  await page.getByRole('button', { name: 'Fill in a new version' }).or(page.getByRole('link', { name: 'Fill in a new version' })).first().click()
  const marks = page.locator('.wh-q--copied')
  const taken = await marks.count()
  assert.ok(taken > 0, `${name}: what was taken over is marked`)
  if (javaScript && name === 'keep-safe-plan') await whole(who, 'answers taken over', 'form-taken-over')
  await marks.first().getByLabel(/^It still holds/).check({ force: true })
  const changed = Object.entries(answers).find(([field, value]) => typeof value === 'string' && (value.includes(' ') || field.endsWith('-what')) && !field.startsWith('f-') && !/-\d+-/.test(field))
  await fill(page, { [changed[0]]: `${changed[1]}, and more` })
  await send(page, 'Complete the form')
  assert.match(await words(page), /and more/, name)
  if (taken > 2) assert.match(await words(page), /Taken over, not looked at/, name)
  await page.getByRole('link', { name: /^Compare/ }).first().click()
  assert.ok((await page.locator('.wh-filled__changed').count()) >= 1, `${name}: what differs is marked`)
  if (javaScript && name === 'keep-safe-plan') await whole(who, 'two versions beside each other', 'form-compared')
  await page.goto(first)
  assert.match(await words(page), /There is a later version/)
}

// Saved while somebody types; a second device is told; a telephone that dies loses nothing.
async function typing(who, browser, product, everybody) {
  const { page } = who
  const child = await openChild(who)
  await go(who, `${child}/forms/bedfordshire/safety_plan`)
  await page.locator('[name="q-risk"]').fill('typed and never sent')
  await page.locator('[data-saved][data-state="saved"]').waitFor()
  const phone = await member(browser, product, of(worker, everybody), { width: 375, height: 800 })
  await go(phone, '/')
  const draft = phone.page.locator('a[href*="/forms/draft/"]').first()
  const address = await draft.getAttribute('href')
  await draft.click()
  assert.equal(await phone.page.locator('[name="q-risk"]').inputValue(), 'typed and never sent')
  await phone.page.locator('[name="q-risk"]').fill('from the telephone')
  await phone.page.locator('[data-saved][data-state="saved"]').waitFor()
  await phone.close()

  // The desk types on, is told, and compares.
  await page.locator('[name="q-risk"]').fill('from the desk')
  await page.locator('[data-saved][data-state="failed"]').waitFor()
  await send(page, 'Save and come back later')
  assert.match(await words(page), /saved in another place/)
  assert.match(await words(page), /from the telephone/)
  assert.equal(await page.locator('[name="q-risk"]').inputValue(), 'from the desk')
  await whole(who, 'a form saved in another place', 'form-elsewhere')
  await send(page, 'Save and come back later')
  await go(who, address)
  assert.match(await words(page), /from the telephone/)
  await send(page, 'Let go of what was typed elsewhere')
  assert.doesNotMatch(await words(page), /from the telephone/)
  await send(page, 'Throw this form away')
  assert.match(await words(page), /thrown away/)
}

// The child's own words are read by those whom the child's words are for; a home reads that the form is complete, and not those.
async function ownWords(browser, product, everybody, child, javaScript) {
  const carer = everybody.filter((one) => one.role.toLowerCase().startsWith("children's home"))
  for (const person of carer) {
    const home = await member(browser, product, person, { javaScript })
    const answer = await home.page.goto(`${child}/forms`)
    if (answer.status() === 200 && (await home.page.getByText('Independent Return Interview form').count())) {
      await home.page.getByRole('link', { name: 'Independent Return Interview form' }).first().click()
      const text = await words(home.page)
      assert.doesNotMatch(text, /see my nan/)
      assert.match(text, /A talk with the carer/)
    }
    await home.close()
  }
}
