// A story in a browser, told twice: with JavaScript and without, each time in a county of its own.

import { test } from 'node:test'
import { launch } from './people.mjs'
import { start } from './product.mjs'

/** Tells a story as two tests: `story(browser, product, javaScript)`, which has so many milliseconds. */
export function told(title, timeout, story) {
  for (const javaScript of [true, false]) {
    test(`${title}, ${javaScript ? 'with' : 'without'} JavaScript`, { timeout }, async () => {
      const product = await start({ seed: 7, children: 24 })
      const browser = await launch()
      try {
        await story(browser, product, javaScript)
      } finally {
        await browser.close()
        await product.stop()
      }
    })
  }
}
