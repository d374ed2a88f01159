// What scripts add to a page. Every page works without them; nothing here is needed to read, to fill in or to send.

import {
  createAll,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  SkipLink,
  Tabs,
} from './govuk-frontend.min.js'
import { autosave } from './autosave.js'
import { clocks } from './clock.js'
import { live } from './live.js'
import { moments } from './moments.js'
import { reveal } from './reveal.js'
import { sending } from './send.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const component of [CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, SkipLink, Tabs]) {
  createAll(component)
}
clocks()
reveal()
moments()
autosave()
sending()
live()

document.querySelectorAll('[data-print]').forEach((button) => {
  button.hidden = false
  button.addEventListener('click', () => window.print())
})
