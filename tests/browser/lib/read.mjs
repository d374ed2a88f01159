// What a page says to its reader: the list of what to do, the strip of an episode, its timeline. And how a form is filled in.

import { signIn } from './people.mjs'

/** Opens a page; whoever was signed out meanwhile signs in again, and comes to the same page. */
export async function go(who, address) {
  await who.page.goto(address)
  if (who.page.url().includes('/sign-in')) await signIn(who, who.person)
  // Signed in at the second try, one comes in at the front.
  if (!who.page.url().endsWith(address)) await who.page.goto(address)
}

/** Every page of a list, one after the other: `look` is called on each, until it gives something. */
export async function pages(who, address, look) {
  await go(who, address)
  for (;;) {
    const found = await look()
    // A long list has pages, and stretches of pages.
    const next = who.page.locator('.govuk-pagination__next a').or(who.page.getByRole('link', { name: 'The rest of what there is to do' }))
    if (found || !(await next.count())) return found
    await Promise.all([who.page.waitForEvent('framenavigated'), next.first().click()])
    await who.page.waitForLoadState()
  }
}

/** What this person must do, as their whole list says it: child, act, when. */
export async function todo(who, child) {
  const { page } = who
  const lines = []
  for (const part of ['', '?part=unknown', '?part=may']) {
    await pages(who, `/to-do/all${part}`, async () => {
      const found = await page.locator('.wh-duty').evaluateAll((all) =>
        all.map((line) => ({
          act: line.querySelector('h2, h3, h4').textContent.trim(),
          child: line.querySelector('.wh-duty__child a')?.textContent.trim() ?? '',
          left: line.querySelector('.wh-left')?.textContent.trim() ?? '',
          by: line.querySelector('.wh-duty__by')?.textContent.trim() ?? '',
          tell: [...line.querySelectorAll('.wh-duty__who')].map((p) => p.textContent).find((text) => text.startsWith('Still to be told')) ?? '',
        })),
      )
      lines.push(...found)
    })
  }
  return child ? lines.filter((line) => line.child === child) : lines
}

/** The line for an act among what is to do, which has to be there. */
export function line(lines, act) {
  const found = lines.find((one) => one.act.includes(act))
  if (!found) throw new Error(`“${act}” is not due; what is due is:\n${lines.map((one) => `  ${one.act} | ${one.by}`).join('\n')}`)
  return found
}

/** Opens the page on which an act is recorded, by its button on the list of what is to do. */
export async function begin(who, what, child) {
  const { page } = who
  for (const part of ['', '?part=unknown', '?part=may']) {
    const found = await pages(who, `/to-do/all${part}`, async () => {
      const line = page.locator('.wh-duty').filter({ hasText: what }).filter({ hasText: child })
      return (await line.count()) ? line.first() : undefined
    })
    if (!found) continue
    const act = found.locator('.wh-duty__do a')
    const address = await act.getAttribute('href')
    await Promise.all([page.waitForEvent('framenavigated'), act.click()])
    await page.waitForLoadState()
    // The form of the act is tested by itself; here it was filled in elsewhere.
    if (page.url().includes('/forms/')) await page.goto(`${address}${address.includes('?') ? '&' : '?'}paper=yes`)
    await page.locator('form.wh-form').waitFor()
    return
  }
  throw new Error(`“${what}” is not due for ${child}`)
}

/** Opens the page of an event, by saying what happened: from the episode or the child that is open. */
export async function recordFrom({ page }, title) {
  await page.getByRole('link', { name: 'Something else', exact: true }).click()
  await page.locator('[name="q"]').fill(title)
  await Promise.all([page.waitForEvent('framenavigated'), page.getByRole('button', { name: 'Find', exact: true }).click()])
  await page.locator('#found ~ ul a', { hasText: new RegExp(`^${title}$`) }).first().click()
  await page.locator('form.wh-form').waitFor()
}

/** Fills in a moment: `2026-01-06`, `03:40`. */
export async function moment(page, name, day, time) {
  const [year, month, date] = day.split('-').map((part) => String(Number(part)))
  for (const [part, value] of Object.entries({ day: date, month, year, time })) await page.locator(`[name="${name}-${part}"]`).fill(value)
}

/** Fills in a form by the names of its fields: text, a choice, boxes, or a moment as `['2026-01-06', '03:40']`. */
export async function fill(page, answers) {
  for (const [name, value] of Object.entries(answers)) {
    const field = page.locator(`[name="${name}"]`)
    if (Array.isArray(value) && value.length === 2 && /^\d{4}-/.test(value[0])) {
      await moment(page, name, ...value)
      continue
    }
    await page.locator(`[name="${name}"], [name="${name}-else"], [name="${name}-others"]`).first().waitFor({ state: 'attached' })
    if (!(await field.count())) {
      await page.locator(`[name="${name}-else"], [name="${name}-others"]`).first().fill([value].flat().join(', '))
      continue
    }
    const kind = await field.first().evaluate((one) => `${one.tagName} ${one.type ?? ''}`.toLowerCase())
    if (kind.startsWith('select')) await field.selectOption(value)
    else if (/radio|checkbox/.test(kind)) {
      for (const one of [value].flat()) {
        const box = page.locator(`[name="${name}"][value="${one}"]`)
        if (!(await box.count())) {
          // Whoever is not likely is typed by name; several are separated by commas.
          const typed = page.locator(`[name="${name}-else"], [name="${name}-others"]`).first()
          const before = await typed.inputValue()
          await typed.fill(before ? `${before}, ${one}` : one)
          continue
        }
        const fold = page.locator('details:not([open])').filter({ has: box })
        if (await fold.count()) await fold.first().locator('summary').first().click()
        await box.check({ force: true })
      }
    } else await field.fill(value)
  }
}

/** Sends the form of the page, and waits for the answer. */
export async function send(page, button) {
  const named = button ? page.getByRole('button', { name: button, exact: true }) : page.locator('.wh-form button.govuk-button[type=submit]')
  await Promise.all([page.waitForEvent('framenavigated'), named.click()])
  await page.waitForLoadState()
}

/** Where what it changes is told before it is saved, saves it; gives what was told, or nothing. */
export async function sure(page) {
  const save = page.getByRole('button', { name: 'Save it', exact: true })
  if (!(await save.count())) return undefined
  const told = await words(page)
  await Promise.all([page.waitForEvent('framenavigated'), save.click()])
  await page.waitForLoadState()
  return told
}

/** The words of what a person reads on the page. */
export const words = (page) => page.locator('main').innerText()

/** Looks for a child by the whole name: what is typed travels in the form alone. */
export async function search(page, name) {
  await page.goto('/search')
  await page.locator('[name="name"]').fill(name)
  await Promise.all([page.waitForLoadState('load'), page.getByRole('button', { name: 'Search', exact: true }).click()])
  await page.locator('h2', { hasText: 'found' }).first().waitFor()
}

/** The social worker who finds the child, before what was found; `join` lets somebody in. */
export async function workerOf(child, everybody, join) {
  for (const person of everybody.filter((one) => one.role.startsWith('social worker'))) {
    const who = await join(person)
    await search(who.page, child)
    if (await who.page.locator('.wh-found').getByRole('link', { name: child, exact: true }).count()) return who
    await who.close()
  }
  throw new Error(`${child} has no social worker who can sign in`)
}

/** A press that leads to another page. */
export async function follow(page, locator) {
  await Promise.all([page.waitForEvent('framenavigated'), locator.click()])
  await page.waitForLoadState()
}

/** From the page on which a child is found, reports that child missing, up to the words to read out. */
export async function reportMissing(page, child) {
  const button = (name) => page.getByRole('button', { name })
  await follow(page, button(new RegExp(`^Report\\s+${child}`)))
  await page.locator('[name="f-status"][value="missing"]').click()
  await follow(page, button('Save and continue'))
  await follow(page, button('Save and continue'))
  await follow(page, page.getByRole('button', { name: /^Check/ }).first())
  await follow(page, page.locator('main form button.govuk-button').first())
  await page.waitForURL(/\/read-out$/)
}
