// The two pictures of the README: the board, and an episode, as the running product shows them. `make pictures` makes them smaller.

import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { launch, member, of, people } from './lib/people.mjs'
import { root, start } from './lib/product.mjs'
import { go } from './lib/read.mjs'

const folder = path.join(root, 'docs/pictures')
const size = { width: 1280, height: 1080 }

const product = await start({ seed: 7, children: 60 })
const browser = await launch()
try {
  await mkdir(folder, { recursive: true })
  const who = await member(browser, product, of('missing co-ordinator', await people(browser, product)), size)
  await who.page.emulateMedia({ reducedMotion: 'reduce' })
  await go(who, '/board')
  await who.page.getByText('Updates by itself').waitFor()
  await who.page.screenshot({ path: path.join(folder, 'board.png') })
  const risky = who.page.locator('.wh-missing').filter({ has: who.page.locator('.govuk-tag', { hasText: 'High risk' }) })
  const police = await member(browser, product, of('police missing', await people(browser, product)), size)
  await go(police, await risky.last().locator('.wh-missing__name a').getAttribute('href'))
  await police.page.getByText('Updates by itself').waitFor()
  await police.page.screenshot({ path: path.join(folder, 'episode.png') })
} finally {
  await browser.close()
  await product.stop()
}
