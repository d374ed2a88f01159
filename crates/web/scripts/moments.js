// A moment's date and time, filled in with one press: now, or some minutes ago, by London's clock.

import { now, wallClock } from './now.js'

const minute = 60_000
const choices = [
  ['Now', 0],
  ['5 min ago', 5],
  ['15 min ago', 15],
  ['30 min ago', 30],
  ['1 h ago', 60],
]

const same = (a, b) => ['day', 'month', 'year', 'hour', 'minute'].every((part) => wallClock(a)[part] === wallClock(b)[part])

// In the hour that comes twice in autumn, which of the two; otherwise nothing.
function fold(at) {
  if (same(at, at + 60 * minute)) return 'first'
  return same(at, at - 60 * minute) ? 'second' : ''
}

function offer(group) {
  const name = group.dataset.moment
  const field = (part) => group.querySelector(`[name="${CSS.escape(`${name}-${part}`)}"]`)
  const row = document.createElement('div')
  row.className = 'wh-moment__quick'
  row.setAttribute('role', 'group')
  row.setAttribute('aria-label', 'Fill in')
  for (const [words, ago] of choices) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'wh-chip'
    button.textContent = words
    button.addEventListener('click', () => {
      const at = now() - ago * minute
      const parts = wallClock(at)
      for (const part of ['day', 'month', 'year']) field(part).value = parts[part]
      field('time').value = `${parts.hour}:${parts.minute}`
      chooseFold(group, name, fold(at))
      row.querySelectorAll('button').forEach((other) => other.setAttribute('aria-pressed', String(other === button)))
      group.dispatchEvent(new Event('change', { bubbles: true }))
    })
    row.append(button)
  }
  group.querySelector('.wh-moment').after(row)
  group.addEventListener('input', (event) => {
    if (event.target.type === 'radio') return
    row.querySelectorAll('[aria-pressed="true"]').forEach((button) => button.removeAttribute('aria-pressed'))
    group.querySelector('input[type="hidden"][data-fold]')?.remove()
  })
}

function chooseFold(group, name, which) {
  const radios = [...group.querySelectorAll(`input[type="radio"][name="${CSS.escape(`${name}-fold`)}"]`)]
  if (radios.length > 0) {
    radios.forEach((radio) => (radio.checked = radio.value === which))
    return
  }
  group.querySelector('input[type="hidden"][data-fold]')?.remove()
  if (!which) return
  const hidden = document.createElement('input')
  Object.assign(hidden, { type: 'hidden', name: `${name}-fold`, value: which })
  hidden.dataset.fold = ''
  group.append(hidden)
}

/** Adds the buttons to each moment of the page that may be now. */
export function moments() {
  document.querySelectorAll('[data-moment]').forEach(offer)
}
