// What protocols ask where a child is not like the others: what somebody writes down of the child brings it on the list of whoever has to do it,
// who opens it there, reads why and whom to ring, and does it. With and without JavaScript, on a desk and on a phone, in several areas.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessibleBare, narrow, whole } from './lib/checks.mjs'
import { launch, member, of, people } from './lib/people.mjs'
import { start } from './lib/product.mjs'
import { begin, fill, go, reportMissing, send, todo, words, workerOf } from './lib/read.mjs'

// Of each: what is written down of the child, on which page; the act, and by which provision; what is filled in beside who and when.
const rows = {
  northamptonshire: [
    ['an unaccompanied child', 'arrival', { 'f-child.uasc': 'yes' }, 'Tell the Home Office that the child is missing'],
    ['a child who may be trafficked', 'risk', { 'f-child.trafficking_suspected': 'yes' }, 'Refer the child to the National Referral Mechanism'],
    ['a care leaver', 'care', { 'f-child.care_leaver': 'yes' }, 'Assess the care leaver in full for particular vulnerabilities'],
    ['a review that does not take place', 'record/decision.recorded?act=care_plan_review.decide', { 'f-answer': 'no' }, 'Escalate under Regulation 5'],
  ],
  bedfordshire: [
    ['an unaccompanied child', 'arrival', { 'f-child.uasc': 'yes' }, 'Report the missing child to the Home Office at once'],
    ['gone for twelve hours', undefined, { hours: 13 }, 'Arrange a strategy meeting'],
  ],
  essex: [['a child in care', undefined, {}, 'Record: child in care, missing']],
}

for (const [area, list] of Object.entries(rows)) {
  for (const javaScript of [true, false]) {
    test(`special circumstances in ${area}, ${javaScript ? 'with' : 'without'} JavaScript`, { timeout: 300_000 }, async () => {
      const product = await start({ seed: 7, children: 24, area })
      const browser = await launch()
      try {
        await story(browser, product, list, javaScript)
      } finally {
        await browser.close()
        await product.stop()
      }
    })
  }
}

async function story(browser, product, list, javaScript) {
  const everybody = await people(browser, product)
  const join = (person) => member(browser, product, person, { javaScript, width: 1280, height: 900 })
  const home = await join(everybody.find((one) => one.role.startsWith("children's home staff")))
  await go(home, '/report')
  // Old enough to leave care.
  const found = home.page.locator('.wh-found li').filter({ has: home.page.getByRole('button', { name: /^Report/ }) }).filter({ hasText: /Age 1[67]/ })
  const child = (await found.first().locator('strong').textContent()).trim()
  await reportMissing(home.page, child)
  const episode = await home.page.getByRole('button', { name: 'Go to the episode' }).getAttribute('href')
  const base = episode.split('/episodes/')[0]
  const worker = await workerOf(child, everybody, join)
  for (const [what, group, facts, act] of list) {
    const { page } = worker
    if (facts.hours) await product.pass(facts.hours * 60)
    if (group?.startsWith('record/')) await say(worker, await byName(worker, base, group), facts)
    else if (group) await say(worker, `${base}/facts/${group}/change`, { ...facts, 'how-long': 'always', source: 'told', 'told-by': 'The care plan' })
    const who = await ownerOf(act, child, everybody, join, worker)
    await begin(who, act, child)
    const read = await words(who.page)
    assert.match(read, new RegExp(child.split(' ')[0]), what)
    if (javaScript) await whole(who, `${what}: ${act}`, `special-${act.toLowerCase().replace(/[^a-z]+/g, '-')}`)
    await narrow(who.page, what)
    await complete(who.page)
    assert.ok(!(await todo(who, child)).some((line) => line.act.includes(act)), `${what}: “${act}” is done`)
    await go(who, episode)
    assert.match(await words(who.page), /Timeline|What happened/i)
    if (page !== who.page) await who.close()
  }
  if (javaScript) assert.deepEqual(worker.troubles, [])
  else assert.ok((await accessibleBare(browser, worker.seen)) > 1)
}

/** Writes down what is so of the child. */
async function say(who, address, facts) {
  await go(who, address)
  await fill(who.page, facts)
  await send(who.page)
  const save = who.page.getByRole('button', { name: 'Save it', exact: true })
  if (await save.count()) await Promise.all([who.page.waitForEvent('framenavigated'), save.click()])
  await who.page.waitForLoadState()
  assert.doesNotMatch(await who.page.title(), /^Error/, await words(who.page))
}

/** Goes to the form of a decision as somebody does who looks for it by its name: from the child's page, through the list from which anything is chosen. */
async function byName(who, base, wanted) {
  const { page } = who
  const follow = async (link) => {
    await Promise.all([page.waitForEvent('framenavigated'), link.click()])
    await page.waitForLoadState()
  }
  // On a phone the list is behind the episode.
  await page.setViewportSize({ width: 1280, height: 900 })
  await go(who, base)
  await follow(page.getByRole('link', { name: 'Something else', exact: true }))
  await page.locator('[name="q"]').fill('decision recorded')
  await follow(page.getByRole('button', { name: 'Find', exact: true }))
  await follow(page.getByRole('link', { name: 'A decision was recorded', exact: true }))
  assert.match(await words(page), /Which decision\?/)
  await follow(page.locator(`a[href^="${base}/${wanted}"]`))
  await page.locator('form.wh-form').waitFor()
  return page.url().slice(page.url().indexOf(base))
}

/** Whoever has it on their list: the worker first. */
async function ownerOf(act, child, everybody, join, worker) {
  if ((await todo(worker, child)).some((line) => line.act.includes(act))) return worker
  for (const person of everybody) {
    if (/system|analyst|panel|home staff|social worker/.test(person.role)) continue
    const who = await join(person)
    if ((await todo(who, child).catch(() => [])).some((line) => line.act.includes(act))) return who
    await who.close()
  }
  throw new Error(`nobody has “${act}” on their list for ${child}`)
}

/** Fills in what has to be filled in, with the first answer of each, and sends it. */
async function complete(page) {
  const wanted = page.locator('form.wh-form [required], form.wh-form [aria-required="true"]')
  for (const field of await wanted.all()) {
    const [kind, name] = await field.evaluate((one) => [one.type, one.name])
    if (kind === 'radio') await page.locator(`[name="${name}"]`).first().check({ force: true })
    else if (!(await field.inputValue())) await field.fill('As it was done')
  }
  await send(page)
  for (let turn = 0; turn < 3 && /^Error/.test(await page.title()); turn += 1) {
    const wrong = await page.locator('.govuk-error-summary a').evaluateAll((all) => all.map((one) => one.getAttribute('href').slice(1)))
    for (const id of wrong) {
      const field = page.locator(`[id="${id}"]`)
      const kind = await field.evaluate((one) => `${one.tagName} ${one.type ?? ''}`.toLowerCase())
      if (/radio|checkbox/.test(kind)) await field.check({ force: true })
      else if (kind.startsWith('select')) await field.selectOption({ index: 1 })
      else await field.fill('As it was done')
    }
    await send(page)
  }
  const save = page.getByRole('button', { name: 'Save it', exact: true })
  if (await save.count()) await Promise.all([page.waitForEvent('framenavigated'), save.click()])
  await page.waitForLoadState()
  assert.doesNotMatch(await page.title(), /^Error/, await words(page))
}
