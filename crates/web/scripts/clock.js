// Time left and time gone, kept right while the page stays open. The words are those that the server writes.

import { now } from './now.js'

const minute = 60_000

/** `45 min`, `2 h 10 min`, `3 d 4 h`: as the server says it. */
export function span(minutes) {
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  if (days > 0) return hours === 0 ? `${days} d` : `${days} d ${hours} h`
  if (hours > 0) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`
  return `${rest} min`
}

function left(until, grace) {
  const minutes = Math.floor(until / minute) - Math.floor(now() / minute)
  // What is due at once has some minutes before it is late.
  if (grace > 0 && minutes <= 0 && -minutes <= grace) return { words: 'at once', urgency: 'soon' }
  if (minutes > 0) return { words: `${span(minutes)} left`, urgency: minutes <= 60 ? 'soon' : 'later' }
  if (minutes === 0) return { words: 'due now', urgency: 'soon' }
  return { words: `${span(-minutes)} late`, urgency: 'overdue' }
}

function setText(element, words) {
  if (element.textContent !== words) element.textContent = words
}

function tick() {
  document.querySelectorAll('[data-left]').forEach((element) => {
    const until = Date.parse(element.dataset.left)
    if (Number.isNaN(until)) return
    const { words, urgency } = left(until, Number(element.dataset.grace ?? 0))
    setText(element, words)
    for (const name of ['overdue', 'soon', 'later']) {
      element.classList.toggle(`wh-left--${name}`, name === urgency)
      element.closest('.wh-duty')?.classList.toggle(`wh-duty--${name}`, name === urgency)
    }
  })
  document.querySelectorAll('[data-since]').forEach((element) => {
    const since = Date.parse(element.dataset.since)
    if (!Number.isNaN(since)) setText(element, span(Math.max(0, Math.floor(now() / minute) - Math.floor(since / minute))))
  })
}

/** Starts the clocks of the page. */
export function clocks() {
  // The server wrote what is right now; the first tick comes when the minute can have changed.
  setInterval(tick, 10_000)
  document.addEventListener('visibilitychange', () => document.hidden || tick())
  document.addEventListener('wh:fresh', tick)
}
