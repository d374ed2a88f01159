// The server's time: a device may be wrong, and a test may have moved the clock.

const stated = Date.parse(document.body.dataset.now ?? '')
let ahead = Number.isNaN(stated) ? 0 : stated - Date.now()

/** Now, in milliseconds since 1970, by the server's clock. */
export const now = () => Date.now() + ahead

/** Takes the server's time from a page fetched a moment ago. */
export function setNow(text) {
  const at = Date.parse(text ?? '')
  if (!Number.isNaN(at)) ahead = at - Date.now()
}

const london = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})

/** A moment's parts on the wall clock in London, as text: day, month, year, hour, minute. */
export function wallClock(milliseconds) {
  return Object.fromEntries(london.formatToParts(new Date(milliseconds)).map((part) => [part.type, part.value]))
}

/** `03:12` in London. */
export function clockTime(milliseconds) {
  const parts = wallClock(milliseconds)
  return `${parts.hour}:${parts.minute}`
}
