// What is typed is saved as it is typed, in a form with `data-autosave` (the address to save to) and a line `data-saved` inside.

import { clockTime, now } from './now.js'

const wait = 1_200
const again = 5_000

function watch(form) {
  const line = form.querySelector('[data-saved]')
  let timer = 0
  let saved = body(form)

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
    if (text === saved || form.dataset.sent) return
    say('saving', 'Saving')
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: 'POST',
        body: new URLSearchParams(text),
        headers: { accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(10_000),
      })
      if (!answer.ok) throw new Error(String(answer.status))
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
    if (text !== saved && !form.dataset.sent) navigator.sendBeacon(form.dataset.autosave, new URLSearchParams(text))
  })
}

const body = (form) => new URLSearchParams(new FormData(form)).toString()

/** Watches the forms that ask for it. */
export function autosave() {
  document.querySelectorAll('form[data-autosave]').forEach(watch)
}
