// A page that keeps itself fresh: `data-live` names a stream of events. A board is sent the lines that changed, each put in place of the one
// before; at any other event the page is fetched again, and its parts marked `data-live-part` are put in place of the old ones.

import { clockTime, now, setNow } from './now.js'

let asked = 0

class SignedOut extends Error {}

async function fresh() {
  const mine = ++asked
  const answer = await fetch(location.href, { headers: { accept: 'text/html' }, redirect: 'manual' })
  // Whoever is led away from here has been signed out.
  if (answer.type === 'opaqueredirect') throw new SignedOut()
  if (!answer.ok) throw new Error(String(answer.status))
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  if (mine !== asked) return
  setNow(page.body.dataset.now)
  document.querySelectorAll('[data-live-part][id]').forEach((part) => replace(part, page.getElementById(part.id)))
  document.dispatchEvent(new Event('wh:fresh'))
}

function replace(old, young) {
  if (!young || old.outerHTML === young.outerHTML) return
  const focused = old.contains(document.activeElement) ? document.activeElement : null
  const place = focused && (focused.id ? `#${CSS.escape(focused.id)}` : focused.getAttribute('href') && `[href="${CSS.escape(focused.getAttribute('href'))}"]`)
  const before = new Map([...old.querySelectorAll('[data-key]')].map((element) => [element.dataset.key, element.textContent]))
  const adopted = document.adoptNode(young)
  keepFolds(old, adopted)
  old.replaceWith(adopted)
  adopted.querySelectorAll('[data-key]').forEach((element) => {
    if (before.get(element.dataset.key) !== element.textContent) element.classList.add('wh-changed')
  })
  if (place) adopted.querySelector(place)?.focus({ preventScroll: true })
}

/** Puts a line of the board in the place of the one before. False where there is none, or it belongs elsewhere now. */
function putLine(html) {
  const young = new DOMParser().parseFromString(html, 'text/html').querySelector('[data-child]')
  const old = young && document.querySelector(`[data-child="${CSS.escape(young.dataset.child)}"]`)
  if (!old || old.dataset.rank !== young.dataset.rank) return false
  replace(old, young)
  document.dispatchEvent(new Event('wh:fresh'))
  return true
}

// What a reader opened or closed stays so. How many there are may have changed; the rest of a line tells which it is.
function keepFolds(old, young) {
  const name = (fold) => `${fold.closest('[id]')?.id} ${fold.querySelector('summary')?.textContent.replace(/\d+/g, '').trim()}`
  const before = new Map([...old.querySelectorAll('details')].map((fold) => [name(fold), fold.open]))
  young.querySelectorAll('details').forEach((fold) => {
    if (before.has(name(fold))) fold.open = before.get(name(fold))
  })
}

function state(name, words) {
  document.querySelectorAll('[data-live-state]').forEach((element) => {
    element.dataset.state = name
    const text = element.querySelector('[data-live-words]')
    if (text) text.textContent = words
  })
}

/** Starts to listen, where the page asks for it. */
export function live() {
  const source = document.querySelector('[data-live]')
  if (!source || !window.EventSource) return
  const stream = new EventSource(source.dataset.live)
  const lost = (error) => {
    if (error instanceof SignedOut) stream.close()
    const what = error instanceof SignedOut ? 'You were signed out. Refresh to sign in again.' : 'Refresh to see what is new.'
    state('lost', `Not up to date since ${clockTime(now())}. ${what}`)
  }
  const update = () => fresh().then(() => state('live', 'Updates by itself.')).catch(lost)
  stream.addEventListener('open', () => state('live', 'Updates by itself.'))
  stream.addEventListener('message', update)
  stream.addEventListener('line', (event) => putLine(event.data) || update())
  stream.addEventListener('gone', (event) => document.querySelector(`[data-child="${CSS.escape(event.data)}"]`) && update())
  stream.addEventListener('error', () => {
    state('lost', `Not up to date since ${clockTime(now())}. Trying again.`)
    // Told to ask no more: why, the page itself says.
    if (stream.readyState === EventSource.CLOSED) update()
  })
  document.addEventListener('visibilitychange', () => document.hidden || update())
  window.addEventListener('pagehide', () => stream.close())
  window.addEventListener('pageshow', (event) => event.persisted && location.reload())
}
