// Work that few people have, each by whoever has it, from where they find it to its end: the register of notices that are owed, a child of
// another authority, a record that somebody asks to see, what a child asks to withhold, private fostering, the 18th birthday, the recording
// chart. A county for each protocol, in which all of it is told with and without JavaScript, of other children each time.

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { accessibleBare, whole } from './lib/checks.mjs'
import { launch, member, of, people, visitor } from './lib/people.mjs'
import { START, start } from './lib/product.mjs'
import { fill, follow, go, pages, recordFrom, reportMissing, search, send, sure, words } from './lib/read.mjs'

const DAY = 24 * 60
const WILLOWS = 'The Willows'
/** A home in Essex that no directory knows. */
const QUAY = { name: 'The Quay House', address: '2 Ferry Road, Port Averley', host_authority: 'essex' }
const HOME = { type: 'childrens_home', planned: 'no', source: 'seen' }

county('northamptonshire', /\/registers\/|\/access|\/relations|\/why\//, [
  ['the register of notices that are owed', notices],
  ["another authority's child, placed here and gone", crossing],
  ['a record that another agency asks to see', asking],
])
county('bedfordshire', /\/why\/|\/record\/|\/due/, [
  ['what a child asks to withhold', withholding],
  ['private fostering', fostering],
  ['the 18th birthday of somebody who is missing', birthday],
])
county('essex', /\/protocol\/|\/record\//, [['the recording chart', chart]])

/** Stories of one area, told twice. `bare`: the pages that are looked at once more where no scripts run. */
function county(area, bare, stories) {
  test(`rows in ${area}`, { timeout: 240_000 }, async (all) => {
    const product = await start({ seed: 7, children: 6, area })
    const browser = await launch()
    const clock = { minutes: 0 }
    const cookies = new Map()
    try {
      const everybody = await people(browser, product)
      for (const javaScript of [true, false]) {
        const with_ = `${javaScript ? 'with' : 'without'} JavaScript`
        const cast = telling({ product, browser, everybody, javaScript, area, clock, cookies })
        for (const [title, story] of stories) await all.test(`${title}, ${with_}`, () => story(cast))
        await all.test(`no page of them has a fault, ${with_}`, () => cast.end(bare))
      }
    } finally {
      await browser.close()
      await product.stop()
    }
  })
}

/** Who takes part in one telling, each at a browser of their own that stays open from story to story. */
function telling({ product, browser, everybody, javaScript, area, clock, cookies }) {
  const open = new Map()
  return {
    area,
    javaScript,
    /** Children of the second telling are others: who sounds alike is asked about. */
    called: (first, second) => (javaScript ? first : second),
    /** Whoever signed in for the first telling is still signed in for the second. */
    async join(role) {
      if (open.has(role)) return open.get(role)
      const person = of(role, everybody)
      const known = cookies.get(role)
      const who = await (known ? visitor(browser, product, { javaScript }) : member(browser, product, person, { javaScript }))
      if (known) await Object.assign(who, { person }).context.addCookies(known)
      cookies.set(role, await who.context.cookies())
      open.set(role, who)
      return who
    },
    async look(who, what, picture) {
      if (javaScript) await whole(who, what, `rows-${picture}`)
    },
    async pass(minutes) {
      clock.minutes += minutes
      await product.pass(minutes)
    },
    /** The date so many days from now, as London has it in winter. */
    day: (days) => new Date(Date.parse(START) + clock.minutes * 60_000 + days * DAY * 60_000).toISOString().slice(0, 10),
    /** So many minutes are left of today. */
    left: () => DAY - (((Date.parse(START) / 60_000 + clock.minutes) % DAY) + DAY) % DAY,
    async end(bare) {
      const seen = new Map([...open.values()].flatMap((who) => [...who.seen].filter(([kind]) => bare.test(kind))))
      if (!javaScript) assert.ok((await accessibleBare(browser, seen)) > 1)
      for (const who of open.values()) assert.deepEqual(who.troubles, [], who.person.role)
      await Promise.all([...open.values()].map((who) => who.close()))
    },
  }
}

/** A record is opened, with what is known of the child; gives its address. */
async function born(who, name, date, facts) {
  const [year, month, day] = date.split('-').map((part) => String(Number(part)))
  await go(who, '/children/new')
  await fill(who.page, { name, 'born-day': day, 'born-month': month, 'born-year': year, ...facts })
  await send(who.page)
  assert.match(await words(who.page), /The record was opened/)
  return new URL(who.page.url()).pathname
}

/** It is written down where the child lives now. */
async function place(who, child, given) {
  await go(who, `${child}/placements/move`)
  await fill(who.page, { ...HOME, ...given })
  await send(who.page)
  assert.match(await words(who.page), /It was recorded where the child lives/)
}

/** The same, in the home that is in the directory. */
async function placeAtWillows(who, child, area, provider) {
  await go(who, `${child}/placements/move`)
  const home = await who.page.locator('[name="home"] option').filter({ hasText: WILLOWS }).first().getAttribute('value')
  await place(who, child, { home, host_authority: area, ...provider })
}

/** Something is written down on a page, and kept. */
async function say(who, address, answers) {
  await go(who, address)
  await fill(who.page, answers)
  await send(who.page)
  await sure(who.page)
  assert.doesNotMatch(await who.page.title(), /^Error/, await words(who.page))
  return words(who.page)
}

const always = { 'how-long': 'always', source: 'told', 'told-by': 'The care plan' }

/** With what a page answers to whoever is signed in. */
async function status(who, address) {
  await go(who, '/help')
  return (await who.page.goto(address)).status()
}

/** The home reports the child; gives the address of the episode, and its end. */
async function missing(who, child, name) {
  await go(who, child)
  await reportMissing(who.page, name)
  const episode = await who.page.getByRole('button', { name: 'Go to the episode' }).getAttribute('href')
  return [episode, `episode=${episode.split('/').pop()}`]
}

/** The line of an act about a child, on the list of what this person must do; or nothing, when it is on no page of it. */
function listed(who, act, name) {
  const found = asks(who, act).filter({ hasText: name })
  return pages(who, '/to-do/all', async () => ((await found.count()) ? found.first() : undefined))
}

/** The lines of an act on the list that is open. */
const asks = ({ page }, act) => page.locator('.wh-duty').filter({ has: page.getByRole('heading', { name: act }) })

/** From such a line, which has to be there, to why it is asked; gives what both say. */
async function reason(who, act, name) {
  const found = await listed(who, act, name)
  assert.ok(found, `“${act}” is on the list of ${who.person.role}`)
  const says = await found.innerText()
  await follow(who.page, found.getByRole('link', { name: /^Why/ }))
  return `${says}\n${await words(who.page)}`
}

/** From why it is asked to the page on which it is done. */
const act = ({ page }) => follow(page, page.locator('.wh-duty__do a').first())

const stands = async (who, act, name) => Boolean(await listed(who, act, name))

/** Sends the form of an act; it is recorded, and on the person's list no more. */
async function done(who, act, name) {
  await send(who.page)
  assert.doesNotMatch(await who.page.title(), /^Error/, await words(who.page))
  assert.equal(await stands(who, act, name), false, `“${act}” is done`)
}

/** Opens the page of why something is asked, from all that is asked for a child, whoever has to do it. */
async function why(who, child, act) {
  const lines = asks(who, act)
  const found = await pages(who, `${child}/due`, async () => ((await lines.count()) ? lines.first() : undefined))
  assert.ok(found, `“${act}” is asked of nobody`)
  await follow(who.page, found.getByRole('link', { name: /^Why/ }))
}

// ---------------------------------------------------------------- Northamptonshire

const NOTICES = 'Notices of placements that are owed'
const NOTIFY = 'Notify the host authority of the placement'
const PLACED = ['Tamsin Wray', 'Oona Brackley']

async function notices({ join, look, called, pass }) {
  const name = called(...PLACED)
  const worker = await join("social worker, Children's Social Work Team 2")
  const child = await born(worker, name, '2011-06-05', { 'f-child.looked_after': 'yes', 'f-child.responsible_authority': 'northamptonshire' })
  await follow(worker.page, worker.page.getByRole('link', { name: 'Panels', exact: true }))
  await follow(worker.page, worker.page.getByRole('link', { name: NOTICES }))
  assert.doesNotMatch(await words(worker.page), new RegExp(name), 'nothing is owed for her yet')
  const address = new URL(worker.page.url()).pathname
  const register = async (who) => {
    await go(who, address)
    return words(who.page)
  }

  // The move brings her on it: who, where, in what, since when, and that nobody was notified.
  await place(worker, child, QUAY)
  assert.match(await register(worker), /Children placed in another authority's area of whom the host authority has still to be notified/)
  const row = (who) => who.page.getByRole('row').filter({ hasText: name })
  assert.match(await row(worker).innerText(), new RegExp(`${name}, 14[\\s\\S]*Essex[\\s\\S]*Children's home[\\s\\S]*began: .*today`))
  assert.doesNotMatch(await row(worker).innerText(), /Host authority/)
  await look(worker, NOTICES, 'notices')

  // On paper: the list and when it was so, and nothing that is pressed.
  await worker.page.emulateMedia({ media: 'print' })
  assert.ok(await row(worker).isVisible())
  assert.equal(await worker.page.getByRole('link', { name: 'Panels', exact: true }).isVisible(), false)
  assert.match(await worker.page.locator('.wh-footer').innerText(), /As at \d\d:\d\d, Tue 6 Jan 2026/)
  await worker.page.emulateMedia({ media: null })

  // Their manager reads it; another team reads it without her; for whoever does not keep placements there is no such register.
  assert.match(await register(await join("team manager, Children's Social Work Team 2")), new RegExp(name))
  assert.doesNotMatch(await register(await join("team manager, Children's Social Work Team 1")), new RegExp(name))
  for (const role of ['missing co-ordinator', "children's home staff, The Willows"]) {
    const other = await join(role)
    await go(other, '/area')
    assert.doesNotMatch(await words(other.page), new RegExp(NOTICES), role)
    assert.equal(await status(other, address), 403)
    const said = await words(other.page)
    assert.match(said, /you do not read this register/)
    assert.ok(!said.includes(name), role)
  }

  // From the row to the child; from the list to whom to tell, by which paragraph; told, it is off the list and off the register.
  await go(worker, address)
  await follow(worker.page, row(worker).getByRole('link', { name: new RegExp(name) }))
  assert.match(worker.page.url(), new RegExp(child))
  assert.match(await reason(worker, NOTIFY, name), /Who is told\s+Host authority open[\s\S]*Paragraph 7\.14/)
  await act(worker)
  await fill(worker.page, { 'f-how': 'by telephone, and a letter' })
  await done(worker, NOTIFY, name)
  assert.doesNotMatch(await register(worker), new RegExp(name))

  // Moved on, she is on it again, with who was told the last time.
  await pass(5)
  await place(worker, child, { ...QUAY, name: 'Mill House', address: '9 Mill Lane, Sandby', host_authority: 'bedfordshire' })
  await register(worker)
  assert.match(await row(worker).innerText(), /Bedfordshire[\s\S]*Host authority/)
}

async function crossing({ join, look, called }) {
  const name = called('Idris Fell', 'Bram Okonjo')
  const worker = await join("social worker, Children's Social Work Team 2")
  const child = await born(worker, name, '2011-03-09', { 'f-child.looked_after': 'yes', 'f-child.responsible_authority': 'essex' })
  await placeAtWillows(worker, child, 'northamptonshire')

  // The placing authority owes the county a notice; once it is there, the county writes the child down.
  const [notice, record] = ['Tell Northamptonshire of the placement', 'Record the child and the placement']
  assert.equal(await stands(worker, record, name), false)
  assert.match(await reason(worker, notice, name), /Still to be told: Host authority[\s\S]*For\s+Placing authority[\s\S]*Paragraph 8\.9/)
  await act(worker)
  await done(worker, notice, name)
  assert.match(await reason(worker, record, name), /For\s+Children's social care[\s\S]*Paragraph 8\.9/)
  // And the home goes by the protocol from then on.
  const manager = await join('manager of the home, The Willows')
  assert.ok(await stands(manager, 'Comply with this protocol', name))
  const both = "Comply with the placing authority's missing procedures too"
  assert.equal(await stands(manager, both, name), false)

  // Gone: what the home tells the missing team brings whom to ring in the other county on the team's list.
  const home = await join("children's home staff, The Willows")
  const coordinator = await join('missing co-ordinator')
  const [episode, of_] = await missing(home, child, name)
  const tell = 'Tell the social worker in the placing authority'
  assert.equal(await stands(coordinator, tell, name), false)
  await say(home, `${child}/record/notification.sent?${of_}`, { 'f-to': ['missing_team'], 'f-about': 'missing' })
  assert.match(await reason(manager, both, name), /Paragraph 8\.8/)
  const asked = await reason(coordinator, tell, name)
  assert.match(asked, /Still to be told: social worker at the responsible authority[\s\S]*For\s+Missing Children Team[\s\S]*Paragraph 8\.10/)
  await act(coordinator)
  assert.match(await words(coordinator.page), new RegExp(`I am ringing about ${name}, aged 14[\\s\\S]*Lives at\\s+${WILLOWS}`))
  await look(coordinator, 'telling the placing authority', 'crossing-tell')
  await done(coordinator, tell, name)
  await go(home, episode)
  assert.match(await words(home.page), /Dawit Fenwick[\s\S]*social worker at the responsible authority/i)

  // Back: they are told of it, and that the interview is theirs, whose it is.
  await say(home, `${child}/record/return.recorded?${of_}`, { 'f-how': 'own_accord' })
  const theirs = 'Tell the placing authority of the return, and that the interview is theirs'
  assert.match(await reason(coordinator, theirs, name), /Placing authority open/)
  await act(coordinator)
  const check = coordinator.page.locator('.wh-check').filter({ hasText: "the independent return interview is the placing authority's" })
  assert.match(await check.innerText(), /Paragraph 8\.10/)
  await check.getByLabel('Yes', { exact: true }).check()
  await done(coordinator, theirs, name)
  await why(worker, child, 'Hold the Independent Return Interview')
  assert.match(await words(worker.page), /For\s+Placing authority/)
}

async function asking({ join, look, called }) {
  const name = called(...PLACED)
  const worker = await join("social worker, Children's Social Work Team 2")
  await search(worker.page, name)
  const child = await worker.page.getByRole('link', { name, exact: true }).first().getAttribute('href')

  // For another home there is no such child, and a way to ask. It says nothing of the child to whoever asks, and wants a reason.
  const asker = await join('manager of the home, Larkfield House')
  const refused = async () => {
    assert.equal(await status(asker, child), 403)
    assert.doesNotMatch(await words(asker.page), new RegExp(name))
  }
  const ask = async (reason) => {
    await refused()
    await follow(asker.page, asker.page.getByRole('link', { name: 'Ask for access' }))
    await asker.page.getByLabel('Why do you need to see this record?').fill(reason)
    await send(asker.page, 'Ask for access')
  }
  await ask('')
  assert.match(await words(asker.page), /Say why, in your own words/)
  await look(asker, 'asking for access without a reason', 'asking-wrong')
  await ask('She is to stay with us in February')
  assert.match(await words(asker.page), /You asked for access\. The authority that leads will answer/)

  // The team manager hears of it and answers, with a reason; the team's workers do not answer, and nor does another team's manager.
  const manager = await join("team manager, Children's Social Work Team 2")
  const answer = async (asked, reason, button) => {
    await go(manager, `${child}/relations`)
    const card = manager.page.locator('section').filter({ has: manager.page.getByRole('button', { name: button }) }).filter({ hasText: asked })
    await card.getByLabel('Why, in your own words').fill(reason)
    await follow(manager.page, card.getByRole('button', { name: button }))
    return words(manager.page)
  }
  await go(manager, '/')
  assert.match(await words(manager.page), /Somebody asks for access to the record of a child of yours/)
  await follow(manager.page, manager.page.getByRole('link', { name: 'See to it' }).first())
  assert.match(await words(manager.page), /Heidi Khatun\s+Larkfield House[\s\S]*Asks for access, .*: She is to stay with us in February/)
  await go(worker, `${child}/relations`)
  assert.equal(await worker.page.getByRole('button', { name: 'Give access' }).count(), 0)
  const other = await join("team manager, Children's Social Work Team 1")
  assert.equal(await status(other, `${child}/relations`), 403)
  assert.match(await answer('in February', '', 'Refuse'), /Say why, in your own words/)
  assert.match(await answer('in February', 'The placement is not agreed yet', 'Refuse'), /refused: The placement is not agreed yet/)
  await look(manager, 'access that was refused', 'asking-refused')

  // Whoever asked is told, and reads no more than before; asked again and given, they read the record.
  await go(asker, '/')
  assert.match(await words(asker.page), /You were not given access to the record that you asked for/)
  await follow(asker.page, asker.page.getByRole('link', { name: 'See to it' }).first())
  assert.match(await words(asker.page), /You asked for access, and were not given it[\s\S]*The placement is not agreed yet/)
  await ask('It is agreed: she moves in on Friday')
  assert.match(await answer('moves in on Friday', 'Agreed with her worker', 'Give access'), /They have access for 28 days/)
  assert.equal(await status(asker, child), 200)
  assert.match(await words(asker.page), new RegExp(name))
}

// ---------------------------------------------------------------- Bedfordshire

const FLAT = 'A flat above the bakery, Kiln Lane'
const ASKED = 'Please do not tell the home where I am'

async function withholding({ join, look, called, area }) {
  const name = called('Noor Penrose', 'Faith Tolliver')
  const worker = await join('social worker')
  const [home, manager] = [await join("children's home staff, The Willows"), await join('manager of the home, The Willows')]
  const police = await join('police missing persons unit')
  const child = await born(worker, name, '2009-09-21', { 'f-child.looked_after': 'yes', 'f-child.responsible_authority': area })
  await placeAtWillows(worker, child, area, { provider: 'childrens-home' })
  await say(worker, `${child}/facts/health/change`, { 'f-child.fraser_competent': 'yes', ...always })
  const [episode, of_] = await missing(home, child, name)
  // What is folded is read, too.
  const read = async (who, address = episode) => {
    await go(who, address)
    return who.page.locator('main').textContent()
  }

  // Where the child is, all may read who look for the child, until the child asks that the home does not.
  await say(worker, `${child}/record/child.located?${of_}`, { 'f-where': FLAT })
  for (const who of [home, manager, police]) assert.ok((await read(who)).includes(FLAT), who.person.role)
  const refusal = { 'f-withheld_from': ['home_staff', 'home_manager'], 'f-competent': 'yes', 'f-words': ASKED }
  await say(worker, `${child}/record/disclosure.refused?${of_}`, refusal)
  for (const who of [police, worker]) for (const text of [FLAT, ASKED]) assert.ok((await read(who)).includes(text), who.person.role)
  for (const [who, address] of [[home, child], [home, `${child}/places`], [home, episode], [manager, episode]]) {
    assert.doesNotMatch(await read(who, address), /Kiln Lane|do not tell the home/, `${who.person.role}: ${address}`)
  }
  await go(home, episode)
  await look(home, 'an episode of which the home is not told where the child is', 'withholding-home')

  // What follows for the home is asked of it, and why is not said.
  assert.match(await reason(home, 'The child refuses to come back', name), /Because\s+Something that is not shown to you/)

  // The request is decided on, beside what the protocol says; telling the home all the same is kept, and flagged.
  const decide = "Decide on the child's request that whereabouts are withheld"
  assert.match(await reason(worker, decide, name), /Paragraph 10\.4/)
  await act(worker)
  await fill(worker.page, { 'f-answer': 'yes', 'f-reason': 'She is safe, and understands what it means' })
  await worker.page.locator('.wh-check').first().getByLabel('Not applicable').check()
  await done(worker, decide, name)
  assert.ok((await read(police)).includes('She is safe, and understands what it means'))
  for (const who of [home, manager]) assert.doesNotMatch(await read(who), /understands what it means/, who.person.role)
  const flagged = await say(worker, `${child}/record/notification.sent?${of_}`, { 'f-to': ['home_staff'], 'f-about': 'located' })
  assert.match(flagged, /The child has asked that whereabouts are not disclosed; this tells the carers\. .*say only what the child allows/)

  // Shared without the child's agreement: with whom, on which basis and why stands where the police read it.
  const because = 'The man in the flat is known for violence'
  await say(worker, `${child}/record/information.shared?${of_}`, {
    'f-with': ['police'],
    'f-what': 'risk',
    'f-purpose': 'To fetch her today',
    'f-lawful_basis': 'vital_interests',
    'f-child_agrees': 'no',
    'f-reason': because,
    by: 'social_worker',
  })
  for (const who of [home, manager]) assert.doesNotMatch(await read(who), /To fetch her today|known for violence/, who.person.role)
  assert.match(await read(police), new RegExp(`Leon Osei[\\s\\S]*To fetch her today[\\s\\S]*Vital interests: a life is in danger[\\s\\S]*${because}`))

  // The child allows it, and the home reads it again.
  await say(worker, `${child}/record/disclosure.allowed?${of_}`, { 'f-words': 'You can tell them now' })
  for (const who of [home, manager]) assert.ok((await read(who)).includes(FLAT), who.person.role)
}

const told = { 'how-long': 'since', source: 'told', 'told-by': 'An aunt' }
const FOSTERING = 'Notify the local authority of the private fostering'

async function fostering({ join, look, called, area, day, pass, left }) {
  const name = called('Robin Ashdown', 'Callum Vasey')
  const worker = await join('social worker')
  const child = await born(worker, name, '2011-11-30', { 'f-child.looked_after': 'no', 'f-child.responsible_authority': area })
  const since = [day(-27), '00:30']
  await say(worker, `${child}/facts/stay/change`, { 'f-child.staying_with': 'other_person', ...told, since })
  assert.equal(await stands(worker, FOSTERING, name), false, 'the 28th day is not over')
  await pass(left() + 60)

  // Why, on which days and of what age, by which paragraph, under which law, and who has to be told.
  const said = await reason(worker, FOSTERING, name)
  assert.match(said, /was due 00:30 today/)
  assert.match(said, /For the person caring for the child without parental responsibility to do: see to it that it is done/)
  assert.match(said, /Because\s+Staying with: somebody else[\s\S]*Age: 14[\s\S]*Who is told\s+Local authority open[\s\S]*Paragraph 3\.2/)
  assert.match(said, /may commit an offence[\s\S]*Private Arrangements for Fostering\) Regulations 2005/)
  await look(worker, 'why private fostering is notified', 'fostering-why')

  // Done from the list, by whom it is for, it is on it no more.
  await act(worker)
  await fill(worker.page, { 'f-how': 'by the form of the council' })
  await done(worker, FOSTERING, name)
  // The home, which has nothing to do with the child, has no such child.
  assert.equal(await status(await join("children's home staff, The Willows"), child), 403)
}

async function birthday({ join, look, called, area, day, pass, left }) {
  const name = called('Sami Delorme', 'Jun Haverhill')
  const worker = await join('social worker')
  const child = await born(worker, name, day(2).replace('2026', '2008'), { 'f-child.looked_after': 'yes', 'f-child.responsible_authority': area })
  await say(worker, `${child}/facts/health/change`, { 'f-child.disabled': 'yes', ...always })
  await say(worker, `${child}/facts/arrival/change`, { 'f-child.uasc': 'yes', ...always })
  const since = [day(-40), '09:00']
  await say(worker, `${child}/facts/stay/change`, { 'f-child.staying_with': 'other_person', ...told, since })
  const [episode] = await missing(worker, child, name)
  const ended = async () => {
    await go(worker, episode)
    await recordFrom(worker, 'The child ceased to be looked after')
    await fill(worker.page, { 'f-reason': 'turned_18' })
    await send(worker.page)
    return words(worker.page)
  }
  const asked = async () => {
    const read = []
    await pages(worker, `${child}/due`, async () => void read.push(await words(worker.page)))
    return read.join('\n')
  }
  const contact = (when) => new RegExp(`${when}\\s+(Should: )?Today's contact`)
  const ADULT = 'Assess under the protocols for vulnerable adults'

  // The day before: asked as of a child, who cannot cease to be looked after by a birthday that is still to come.
  await pass(left() + 12 * 60)
  await go(worker, child)
  assert.match(await words(worker.page), /Age 17[\s\S]*18 tomorrow/)
  const before = await asked()
  assert.match(before, contact('by 23:59 today'))
  assert.match(before, new RegExp(FOSTERING))
  assert.doesNotMatch(before, new RegExp(ADULT))
  assert.match(await ended(), /This cannot be recorded as it is\s+An unaccompanied child .* who is missing stays looked after[\s\S]*until 18/)
  await look(worker, 'looked after until 18', 'birthday-refused')

  // The day itself: private fostering is asked no more, and what adults are owed is; what was owed for the child stays.
  await pass(left() + 30)
  await go(worker, child)
  assert.match(await words(worker.page), /Age 18[\s\S]*18 today/)
  const due = await asked()
  assert.match(due, new RegExp(ADULT))
  assert.doesNotMatch(due, new RegExp(FOSTERING))
  // It was missed on both days: one line, which begins with the first of them and says when the last was.
  assert.match(due, /was due 23:59 on [^\n]+\s+(Should: )?Today's contact with the police[\s\S]{0,120}and 1 more time[\s\S]{0,90}the last by 23:59 yesterday/)
  await why(worker, child, ADULT)
  assert.match(await words(worker.page), /Because[\s\S]*Age: 18[\s\S]*Paragraph 12\.1/)

  // Now it can end, and the page says who decides what comes of it; the daily contact that is owed to a looked-after child ends with it.
  assert.match(await ended(), /Turning 18 does not by itself deregister a young person who is still missing; .* decide in each case/)
  await look(worker, 'an episode of somebody who turned 18', 'birthday-ended')
  assert.doesNotMatch(await asked(), /Today's contact/)
}

// ---------------------------------------------------------------- Essex

const CHART = 'Recording chart: every runaway child, every column'

async function chart({ join, look, called, area, javaScript }) {
  const name = called('Mina Quested', 'Piotr Lindow')
  const worker = await join('social worker')
  const home = await join("children's home staff, The Willows")
  const child = await born(worker, name, '2011-06-05', { 'f-child.looked_after': 'yes', 'f-child.responsible_authority': area })
  await placeAtWillows(worker, child, area)
  await missing(home, child, name)

  // From the act that has its column, to the protocol, to the chart.
  const { page } = worker
  assert.match(await reason(worker, 'Record: child in care, missing', name), /Paragraph 2\.6/)
  await act(worker)
  assert.match(await words(page), /Contact record[\s\S]*Case note[\s\S]*Additional tab[\s\S]*Location Unknown process/)
  assert.match(await words(page), /The original Protocol Recording Chart is a document of its own/)
  await follow(page, page.getByRole('link', { name: 'Essex: the protocol' }).first())
  await follow(page, page.getByRole('link', { name: /^Lists that are kept/ }))
  const lists = new URL(page.url()).pathname
  const cells = page.locator('section > div').filter({ has: page.getByRole('heading', { name: CHART }) })
  const said = await cells.innerText()
  assert.match(said, /Which records each event calls for, by column[\s\S]*Cells listed here call for nothing; the others are duties[\s\S]*2\.6/)
  assert.equal(await cells.getByRole('listitem').count(), 21)
  assert.match(said, /Contact record: not for care, away[\s\S]*Location Unknown: not for care, away[\s\S]*Independent interview: not for closed/)
  await look(worker, 'the recording chart', 'chart')

  // On paper: the chart, without what is pressed; the button that prints is there where it does something.
  assert.equal(await page.getByRole('button', { name: 'Print this page' }).isVisible(), javaScript)
  await page.emulateMedia({ media: 'print' })
  assert.ok(await cells.isVisible())
  for (const pressed of [page.getByRole('button', { name: 'Print this page' }), page.getByRole('link', { name: /^Lists that are kept/ })]) {
    assert.equal(await pressed.isVisible(), false)
  }
  await page.emulateMedia({ media: null })

  // The steps say what the chart does: of a child in care who is away there is a case note and a tab, and neither contact record nor process.
  await follow(page, page.getByRole('link', { name: /^Who does what, by when/ }))
  await follow(page, page.getByRole('link', { name: 'Social worker', exact: true }))
  const step = (title) => page.locator('section > div').filter({ has: page.getByRole('heading', { name: title, exact: true }) }).first().innerText()
  assert.match(await step('Record: child in care, missing'), /Contact record[\s\S]*Location Unknown process/)
  const away = await step('Record: child in care, away')
  assert.match(away, /Case note[\s\S]*Additional tab/)
  assert.doesNotMatch(away, /Contact record|Location Unknown/)

  // The home reads the same chart, in the help; another area has none.
  await go(home, '/help')
  await follow(home.page, home.page.getByRole('link', { name: /^Essex: children who run away/ }))
  await follow(home.page, home.page.getByRole('link', { name: /^Lists that are kept/ }))
  assert.match(await words(home.page), new RegExp(CHART))
  await go(home, lists.replace(area, 'northamptonshire'))
  assert.match(await words(home.page), /Lists that are kept/)
  assert.doesNotMatch(await words(home.page), new RegExp(CHART))
}
