// What scripts add to a page. Every page works without them; nothing here is needed to read, to fill in or to send.

import { CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, SkipLink, Tabs } from 'govuk-frontend'
import { autosave } from './autosave.js'
import { clocks } from './clock.js'
import { live } from './live.js'
import { lock } from './lock.js'
import { moments } from './moments.js'
import { passkeys } from './passkey.js'
import { photographs } from './photograph.js'
import { reveal } from './reveal.js'
import { sending } from './send.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const component of [CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, SkipLink, Tabs]) {
  // `createAll` would bring every component of the library over the line. One that is broken leaves the others working.
  for (const root of document.querySelectorAll(`[data-module="${component.moduleName}"]`)) {
    try {
      new component(root)
    } catch (error) {
      console.error(error)
    }
  }
}
clocks()
reveal()
moments()
photographs()
autosave()
sending()
passkeys()
lock()
live()

// A link to an entry leads into a day that may be folded.
function unfold() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)))
  const fold = target && target.closest('details:not([open])')
  if (!fold) return
  fold.open = true
  target.scrollIntoView()
}
unfold()
window.addEventListener('hashchange', unfold)

document.querySelectorAll('[data-print]').forEach((button) => {
  button.hidden = false
  button.addEventListener('click', () => window.print())
})
