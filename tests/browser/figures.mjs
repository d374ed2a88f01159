// Figures of what a carer has on the phone, as docs/figures.md gives them: `node tests/browser/figures.mjs` prints the table. A child who went 48
// times in 84 days is brought into a made-up county by files, as an area would, and looked at at 375 px; and an episode one minute in.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { launch, member, people } from './lib/people.mjs'
import { START, start } from './lib/product.mjs'
import { follow, go } from './lib/read.mjs'
import { command } from './lib/serve.mjs'

const PHONE = { width: 375, height: 812 }
const TIMES = 48
const DAYS = 84
const OFTEN = 'often'

/** The rows of a file of ours, each as an object. No cell of these files holds a line break. */
function rows(text) {
  const [head, ...lines] = text.trim().split(/\r?\n/).map((line) => cells(line))
  return lines.map((line) => Object.fromEntries(head.map((name, place) => [name, line[place] ?? ''])))
}

function cells(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map((found) => found[1]?.replaceAll('""', '"') ?? found[2])
}

const table = (list) => {
  const names = Object.keys(list[0])
  const cell = (value) => `"${String(value ?? '').replaceAll('"', '""')}"`
  return [names.join(','), ...list.map((row) => names.map((name) => cell(row[name])).join(','))].join('\n') + '\n'
}

/** The entries of a child who went so many times in so many days; the last time is twelve minutes ago. */
function entries() {
  const now = Date.parse(START) - 12 * 60_000
  const at = (time) => new Date(time).toISOString().replace('.000Z', '+00:00')
  const all = []
  for (let time = 0; time < TIMES; time += 1) {
    const gone = now - ((TIMES - 1 - time) * DAYS * 86_400_000) / (TIMES - 1)
    const add = (place, minutes, event, rest) =>
      all.push({ child: OFTEN, id: `o${time}-${place}`, event, occurred_at: at(Math.round((gone + minutes * 60_000) / 60_000) * 60_000), by: 'home_staff', rest: JSON.stringify(rest) })
    add(0, 0, 'absence.noticed', { status: 'missing', circumstances: 'Went after supper' })
    if (time === TIMES - 1) continue
    add(1, 20, 'police.reported', { incident_number: `NP-${time}` })
    add(2, 60, 'search.made', { where: 'the park', result: 'not there' })
    add(3, 400, 'return.recorded', { how: 'own_accord' })
  }
  return all
}

/** Brings the child in, as one more of the children of a home; gives the home. */
async function bring(database, folder) {
  await command(database, ['export', '--to', folder])
  const read = async (name) => rows(await readFile(path.join(folder, `${name}.csv`), 'utf8'))
  const [children, facts, placements, agencies] = [await read('children'), await read('facts'), await read('placements'), await read('agencies')]
  const homes = new Map(agencies.filter((one) => one.kind === 'childrens_home').map((one) => [one.id, one.name]))
  const like = children.find((child) => child.agencies.split(/[;, ]+/).some((id) => homes.has(id)) && placements.some((one) => one.child === child.id && !one.until))
  const of = (list) => list.filter((row) => row.child === like.id).map((row, n) => ({ ...row, child: OFTEN, id: `${OFTEN}-${n}` }))
  const files = {
    children: [{ ...like, id: OFTEN, name: 'Linden Often' }],
    facts: of(facts).filter((row) => row.fact.startsWith('child.')),
    placements: of(placements).filter((row) => !row.until),
    entries: entries(),
  }
  const named = []
  for (const [name, list] of Object.entries(files)) {
    if (!list.length) continue
    named.push(path.join(folder, 'often', `${name}.csv`))
    await import('node:fs/promises').then((fs) => fs.mkdir(path.dirname(named.at(-1)), { recursive: true }))
    await writeFile(named.at(-1), table(list))
  }
  console.error(await command(database, ['import', ...named, '--mapping', 'whereabouts']))
  return homes.get(like.agencies.split(/[;, ]+/).find((id) => homes.has(id)))
}

/** Duties before folds, height at the width of a phone, bytes as written and as sent. */
async function measured(who, address, what) {
  await go(who, address)
  const { page } = who
  const answer = await page.request.get(address, { headers: { 'accept-encoding': 'identity' } })
  const bytes = (await answer.body()).length
  const { height, shown, all } = await page.evaluate(() => {
    const lines = [...document.querySelectorAll('.wh-duty, .wh-slim, .wh-next')]
    return { height: document.documentElement.scrollHeight, shown: lines.filter((line) => line.checkVisibility()).length, all: lines.length }
  })
  return `| ${what} | ${shown} of ${all} | ${height.toLocaleString('en-GB')} | ${bytes.toLocaleString('en-GB')} |`
}

const folder = await mkdtemp(path.join(tmpdir(), 'whereabouts-figures-'))
const database = `sqlite:${path.join(folder, 'county.db')}`
const browser = await launch()
let product
try {
  product = await start({ children: 24, database })
  await product.stop()
  const home = await bring(database, path.join(folder, 'out'))
  product = await start({ children: 24, database })
  const everybody = await people(browser, product)
  const carer = everybody.find((one) => /home staff|manager of the home/.test(one.role) && one.role.includes(home))
  const who = await member(browser, product, carer, PHONE)
  const { page } = who
  const lines = []
  await go(who, `/children/${OFTEN}`)
  const open = await page.locator(`a[href*="/children/${OFTEN}/episodes/"]`).first().getAttribute('href')
  lines.push(await measured(who, open.split('?')[0], 'after 48 episodes: the open one, twelve minutes in'))
  lines.push(await measured(who, `/children/${OFTEN}`, 'after 48 episodes: the child'))
  await go(who, '/report')
  const row = page.locator('.wh-found li').filter({ has: page.getByRole('button', { name: /^Report/ }) }).first()
  await follow(page, row.getByRole('button', { name: /^Report/ }))
  const report = new URL(page.url()).pathname.replace(/\/[^/]*$/, '')
  const steps = ['status', 'noticed', 'last-seen', 'appearance', 'searches', 'calls', 'risk', 'police', 'check']
  for (const step of steps) lines.push(await measured(who, `${report}/${step}`, `report: ${step}`))
  await go(who, `${report}/status`)
  await page.locator('[name="f-status"][value="missing"]').check()
  await follow(page, page.getByRole('button', { name: 'Save and continue' }))
  await go(who, `${report}/check`)
  await follow(page, page.locator('main form button.govuk-button').first())
  await page.waitForURL(/read-out$/)
  lines.push(await measured(who, `${report}/read-out`, 'report: to read to the police'))
  const begun = await page.locator('a[href*="/episodes/"]').first().getAttribute('href')
  await product.pass(1)
  lines.push(await measured(who, begun.split('?')[0], 'episode one minute in'))
  lines.push(await measured(who, '/', 'what must I do now'))
  console.log(['| Page | duties before folds | px at 375 | bytes |', '|---|---:|---:|---:|', ...lines].join('\n'))
} finally {
  await browser.close()
  await product?.stop().catch(() => {})
  await rm(folder, { recursive: true, force: true })
}
