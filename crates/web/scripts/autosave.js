// What is typed is saved as it is typed, in a form with `data-autosave` (the address to save to) and a line `data-saved` inside.

import { clockTime, now } from './now.js'

const wait = 1_200
const again = 5_000

function watch(form) {
  const line = form.querySelector('[data-saved]')
  let timer = 0
  let saved = body(form)
  let stopped = false

  const say = (state, words) => {
    if (!line) return
    line.hidden = false
    line.dataset.state = state
    line.textContent = words
  }
  const later = (milliseconds) => {
    clearTimeout(timer)
    timer = setTimeout(save, milliseconds)
  }
  async function save() {
    const text = body(form)
    if (text === saved || form.dataset.sent || stopped) return
    say('saving', 'Saving')
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: 'POST',
        body: new URLSearchParams(sent(form)),
        headers: { accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(10_000),
      })
      if (!answer.ok) throw new Error(String(answer.status))
      if (form.dataset.draft !== undefined) {
        const kept = await answer.json()
        if (kept.elsewhere || kept.gone) {
          // Another place saved this form, or it is gone: what is typed here is for its person to compare, and is tried no more by itself.
          stopped = true
          say('failed', kept.gone ? gone : elsewhere)
          return
        }
        form.elements['draft-version'].value = kept.version
      }
      saved = text
      say('saved', `Saved at ${clockTime(now())}`)
      if (body(form) !== saved) later(wait)
    } catch {
      say('failed', 'Not saved: no connection. What you typed stays on this page; trying again.')
      later(again)
    }
  }
  form.addEventListener('input', () => later(wait))
  form.addEventListener('change', () => later(wait))
  window.addEventListener('online', () => later(0))
  window.addEventListener('pagehide', () => {
    const text = body(form)
    if (text !== saved && !form.dataset.sent && !stopped) navigator.sendBeacon(form.dataset.autosave, new URLSearchParams(sent(form)))
  })
}

// How often a draft was saved is no part of what was typed.
const typed = (form) => [...new FormData(form)].filter(([name]) => name !== 'draft-version')
const body = (form) => new URLSearchParams(typed(form)).toString()
const sent = (form) =>
  form.dataset.draft === undefined ? body(form) : new URLSearchParams([...new FormData(form), ['do', 'type']]).toString()

const elsewhere = 'Saved in another place meanwhile. Press “Save and come back later” to compare; what you typed is kept.'
const gone = 'This form was completed or thrown away in another place. What you typed stands on this page, and is not saved.'

/** Watches the forms that ask for it. */
export function autosave() {
  document.querySelectorAll('form[data-autosave]').forEach(watch)
}
