// What holds of every page: axe finds nothing, it is small, nothing leaves the server, nothing is too wide; and its pictures.

import assert from 'node:assert/strict'
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { root } from './product.mjs'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const pictures = path.join(root, 'target/screenshots')
mkdirSync(pictures, { recursive: true })

/** A page may not be larger than this as it comes over the line, with everything that it needs, at the first visit. */
export const LARGEST = 60 * 1024

const NARROW = 320
const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1280, height: 900 }

/** Everything that axe knows: WCAG 2.2 A and AA, and best practice. */
export async function accessible(page, what) {
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] })
    return violations.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map((node) => node.html.slice(0, 200)).join('\n    ')}`)
  })
  assert.deepEqual(found, [], `axe on ${what}`)
}

/**
 * Pages that were opened where scripts do not run. axe is a script itself, so each is shown once more, as the server wrote it, in a browser
 * that runs axe and none of our own scripts. Gives how many there were.
 */
export async function accessibleBare(browser, seen) {
  const context = await browser.newContext({ viewport: DESKTOP, bypassCSP: true })
  const page = await context.newPage()
  let html = ''
  await page.route('**/*', (route) => {
    const address = route.request().url()
    if (address.endsWith('.js')) return route.abort()
    return route.request().isNavigationRequest() ? route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }) : route.continue()
  })
  for (const [kind, one] of seen) {
    html = one.html
    await page.goto(one.address)
    assert.equal(await page.locator('body.js-enabled').count(), 0, `${kind}: no script of ours ran`)
    await accessible(page, `${kind}, without scripts`)
  }
  await context.close()
  return seen.size
}

/** The headings and the ways to record that are seen; but for what a phone has a button for (`wh-desk`). */
const seen = (page) =>
  page.locator('main :is(h1, h2, h3, h4, a[href*="/record"])').evaluateAll((all) =>
    all.filter((one) => one.checkVisibility() && !one.closest('.wh-desk')).map((one) => one.textContent.trim()),
  )

/** Nothing sticks out at the side of a narrow telephone, and nothing that is there on a desk is gone. */
export async function narrow(page, what) {
  const desk = await seen(page)
  await page.setViewportSize({ width: NARROW, height: 640 })
  const phone = await seen(page)
  assert.deepEqual(desk.filter((one) => !phone.includes(one)), [], `${what}: gone at ${NARROW} px`)
  const wide = await page.evaluate((width) => {
    if (document.documentElement.scrollWidth <= width) return []
    const out = [...document.querySelectorAll('body *')].filter((element) => {
      const box = element.getBoundingClientRect()
      return box.width > 0 && box.right > width + 1 && !element.closest('.wh-scroll, .govuk-visually-hidden')
    })
    return [`${document.documentElement.scrollWidth} px`, ...out.slice(0, 5).map((element) => element.outerHTML.slice(0, 160))]
  }, NARROW)
  assert.deepEqual(wide, [], `${what} at ${NARROW} px`)
}

/** No short word is broken over lines: `Yes` stays `Yes`. */
async function unbroken(page, what) {
  const broken = await page.evaluate(() =>
    [...document.querySelectorAll('label, dt, .govuk-tag, .wh-left, a, button')]
      .filter((one) => /^\S{1,8}$/.test(one.textContent.trim()) && one.getClientRects().length > 0)
      .filter((one) => {
        const range = document.createRange()
        range.selectNodeContents(one)
        return new Set([...range.getClientRects()].filter((box) => box.width > 0).map((box) => Math.round(box.top / 8))).size > 2
      })
      .map((one) => one.outerHTML.slice(0, 160)),
  )
  assert.deepEqual(broken, [], `${what}: words broken over lines`)
}

/** A picture at both widths, in target/screenshots. */
export async function picture(page, name) {
  for (const [end, size] of [['desktop', DESKTOP], ['phone', PHONE]]) {
    await page.setViewportSize(size)
    await page.screenshot({ path: path.join(pictures, `${name}-${end}.png`), fullPage: true })
  }
}

/** All of it, of the page that is open. `name` makes pictures too. */
export async function whole(who, what, name) {
  const { page } = who
  await accessible(page, what)
  await unbroken(page, what)
  await narrow(page, what)
  await unbroken(page, `${what} at ${NARROW} px`)
  if (name) await picture(page, name)
  await page.setViewportSize(DESKTOP)
  assert.deepEqual(who.troubles, [], what)
}

/** How many bytes come over the line for a page and all that it needs, in a browser that was never here. */
export async function weigh(who, address) {
  const { context } = who
  const page = await context.newPage()
  const line = await context.newCDPSession(page)
  await line.send('Network.enable')
  await line.send('Network.setCacheDisabled', { cacheDisabled: true })
  let bytes = 0
  line.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  await page.goto(address, { waitUntil: 'load' })
  await page.close()
  return bytes
}

/** Every place that the tab key reaches, in order, until it is at the start again; each shows that it has the focus. */
export async function tabbed(page) {
  const reached = []
  await page.evaluate(() => window.scrollTo(0, 0))
  for (let presses = 0; presses < 400; presses += 1) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const element = document.activeElement
      if (!element || element === document.body) return null
      if (!element.dataset.tabbed) element.dataset.tabbed = String(document.querySelectorAll('[data-tabbed]').length + 1)
      const style = getComputedStyle(element)
      const ring = (one) => (parseFloat(one.outlineWidth) > 0 && one.outlineStyle !== 'none') || one.boxShadow !== 'none'
      // A radio or a box is drawn beside itself.
      const label = element.labels?.[0] && getComputedStyle(element.labels[0], '::before')
      const box = element.getBoundingClientRect()
      return {
        number: Number(element.dataset.tabbed),
        html: element.outerHTML.slice(0, 120),
        visible: ring(style) || Boolean(label && ring(label)),
        seen: box.width > 0 && box.height > 0,
      }
    })
    if (!at || reached.some((one) => one.number === at.number)) break
    reached.push(at)
  }
  return reached
}
