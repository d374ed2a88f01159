// People before their browsers: each has a browser context of their own, in which everything that goes wrong is noted.

import { chromium } from 'playwright-core'

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A real Chromium without a window. Playwright gives it a profile of its own and removes it. */
export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell', headless: true, args: flags })

/** Somebody at a new browser, signed in or not yet. Problems of any page are kept in `troubles`. */
export async function visitor(browser, product, { javaScript = true, width = 1280, height = 900 } = {}) {
  const context = await browser.newContext({
    baseURL: product.address,
    javaScriptEnabled: javaScript,
    viewport: { width, height },
    timezoneId: 'America/New_York', // pages speak of London's time, wherever the device thinks it is
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(8_000)
  const page = await context.newPage()
  const troubles = []
  watch(page, product, troubles)
  const seen = pages(page)
  const close = () => context.close()
  return { context, page, troubles, seen, close, javaScript, product }
}

/** The pages that a browser opened, as the server wrote them: of each kind of address the last. */
function pages(page) {
  const seen = new Map()
  page.on('response', async (answer) => {
    if (!answer.request().isNavigationRequest() || !(answer.headers()['content-type'] ?? '').startsWith('text/html')) return
    // Of a page that was left at once the words are gone.
    const html = await answer.text().catch(() => '')
    const address = new URL(answer.url())
    if (html) seen.set(address.pathname.replace(/[0-9a-f-]{36}|[0-9a-f]{64}|e\d+$|~.*/g, 'one'), { address: address.href, html })
  })
  return seen
}

function watch(page, product, troubles) {
  page.on('pageerror', (error) => troubles.push(`${page.url()}: ${error}`))
  page.on('console', (message) => {
    // That a page answers with a status such as 404 or 422 is written to the console by the browser; tests assert the status.
    const status = /the server responded with a status of (4\d\d|503)/.test(message.text())
    if (['error', 'warning'].includes(message.type()) && !status) troubles.push(`${page.url()}: ${message.text()}`)
  })
  page.on('request', (request) => {
    const address = new URL(request.url())
    if (address.protocol.startsWith('http') && address.origin !== product.address) troubles.push(`left the server: ${address}`)
  })
}

/** Who can sign in, as the sign-in page of a demonstration offers: `{ name, role, username, password }`. */
export async function people(browser, product) {
  const { page, close } = await visitor(browser, product)
  await page.goto('/sign-in')
  const found = await page.locator('.wh-demo-people form').evaluateAll((forms) =>
    forms.map((form) => {
      const [name, ...agency] = form.querySelector('.wh-person span').textContent.trim().split(', ')
      const role = form.querySelector('.wh-person strong').textContent.trim().toLowerCase()
      return { name, role: [role, ...agency].join(', '), username: form.elements.username.value, password: form.elements.password.value }
    }),
  )
  await close()
  return found
}

/** The first person of a role, such as `social worker`. */
export function of(role, everybody) {
  const found = everybody.find((person) => person.role.toLowerCase().startsWith(role.toLowerCase()))
  if (!found) throw new Error(`nobody is ${role}: ${everybody.map((person) => person.role).join('; ')}`)
  return found
}

/** Signs somebody in by typing, as they would. */
export async function signIn(who, person) {
  const { page } = who
  if (!page.url().includes('/sign-in')) await page.goto('/sign-in')
  await page.getByLabel('Username').fill(person.username)
  await page.getByLabel('Password', { exact: true }).fill(person.password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL((address) => !address.pathname.startsWith('/sign-in'))
}

/** Somebody signed in at a browser of their own. */
export async function member(browser, product, person, options) {
  const who = await visitor(browser, product, options)
  await signIn(who, person)
  return Object.assign(who, { person })
}
