// Sending a form: once, and only when the server answers, so that a lost connection leaves the form as it is.

const patience = 6_000

// Why nothing is to be sent now; nothing if it may be.
async function unreachable() {
  try {
    const answer = await fetch('/health', { cache: 'no-store', signal: AbortSignal.timeout(patience) })
    return answer.ok ? '' : 'nothing can be saved just now'
  } catch {
    return 'there is no connection'
  }
}

function complain(form, why) {
  let box = form.querySelector('[data-unsent]')
  if (!box) {
    box = document.createElement('div')
    box.className = 'wh-banner wh-banner--error'
    box.dataset.unsent = ''
    box.tabIndex = -1
    box.setAttribute('role', 'alert')
    box.append(document.createElement('p'))
    form.prepend(box)
  }
  box.firstElementChild.textContent = `Not sent: ${why}. Nothing that you typed is lost. Press the button again in a moment.`
  box.focus()
}

function guard(form) {
  let checked = false
  form.addEventListener('submit', async (event) => {
    if (checked) {
      checked = false
      form.dataset.sent = 'yes'
      return
    }
    event.preventDefault()
    if (form.dataset.sent || form.dataset.asking) return
    form.dataset.asking = 'yes'
    const why = await unreachable()
    delete form.dataset.asking
    if (why) return complain(form, why)
    form.querySelector('[data-unsent]')?.remove()
    checked = true
    form.requestSubmit(event.submitter)
    // If the answer never comes, the form can be sent again; its key keeps it from counting twice.
    setTimeout(() => delete form.dataset.sent, 10_000)
  })
}

/** Guards every form that is posted. */
export function sending() {
  document.querySelectorAll('form[method="post"]').forEach(guard)
  window.addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent))
}
