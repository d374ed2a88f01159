// A page that nobody touches is locked: what is typed in it goes to the server, for its person alone, and the page is left. While somebody
// types, the session is kept awake, though nothing is sent yet.

const idle = 15 * 60_000
const awake = 4 * 60_000
const look = 5_000

/** Watches a page of somebody who is signed in. */
export function lock() {
  const token = document.querySelector('form[action="/sign-out"] [name="csrf"]')?.value
  if (!token) return
  let touched = Date.now()
  let told = Date.now()
  const post = (path, pairs) => fetch(path, { method: 'POST', body: new URLSearchParams([['csrf', token], ...pairs]), redirect: 'error', keepalive: true })
  const touch = () => {
    touched = Date.now()
    if (touched - told < awake) return
    told = touched
    post('/account/awake', []).catch(() => {})
  }
  for (const kind of ['keydown', 'pointerdown', 'input']) document.addEventListener(kind, touch, { passive: true, capture: true })

  const typed = () => {
    const form = [...document.querySelectorAll('main form[method="post"]')].find((one) => changed(one))
    if (!form) return []
    const pairs = [...new FormData(form)].filter(([name, value]) => typeof value === 'string' && name !== 'csrf')
    const path = new URL(form.action).pathname + new URL(form.action).search
    return [['lock-path', path], ...pairs]
  }
  const leave = async () => {
    clearInterval(timer)
    document.querySelector('main').hidden = true
    try {
      const answer = await post('/account/lock', typed())
      if (!answer.ok && answer.status !== 401) throw new Error(String(answer.status))
      location.replace(`/sign-in?to=${encodeURIComponent(location.pathname + location.search)}`)
    } catch {
      // Without a connection nothing that was typed is thrown away: the page stays out of sight, and it is tried again.
      setTimeout(leave, look)
    }
  }
  const timer = setInterval(() => Date.now() - touched >= idle && leave(), look)
}

// Has anything in this form been changed since the page was made?
function changed(form) {
  return [...form.elements].some((one) => {
    if (one.type === 'hidden' || one.type === 'password' || !one.name) return false
    if (one.type === 'checkbox' || one.type === 'radio') return one.checked !== one.defaultChecked
    if (one.tagName === 'SELECT') return [...one.options].some((option) => option.selected !== option.defaultSelected)
    return 'defaultValue' in one && one.value !== one.defaultValue
  })
}
