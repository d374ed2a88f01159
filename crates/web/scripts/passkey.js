// Passkeys: a button asks the server what the browser is to do, lets its person choose, and sends the answer as a form.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')

function read(options) {
  const asked = { ...options.publicKey, challenge: bytes(options.publicKey.challenge) }
  if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) }
  for (const list of ['excludeCredentials', 'allowCredentials']) {
    if (asked[list]) asked[list] = asked[list].map((one) => ({ ...one, id: bytes(one.id) }))
  }
  return asked
}

function write(credential) {
  const { response } = credential
  const said = { clientDataJSON: text(response.clientDataJSON) }
  for (const part of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[part]) said[part] = text(response[part])
  }
  if (response.getTransports) said.transports = response.getTransports()
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, extensions: {}, response: said }
}

async function go(place, form) {
  const token = form.elements.csrf.value
  const asked = await fetch(place.dataset.passkey, { method: 'POST', body: new URLSearchParams({ csrf: token }), redirect: 'error' })
  // Whoever has to show first who they are is led there by sending the form.
  if (asked.status === 401) return location.assign(`/account/confirm?to=${encodeURIComponent(location.pathname)}`)
  if (!asked.ok) throw new Error(String(asked.status))
  const { ceremony, options } = await asked.json()
  const publicKey = read(options)
  const credential = 'passkeyNew' in place.dataset ? await navigator.credentials.create({ publicKey }) : await navigator.credentials.get({ publicKey })
  form.elements.ceremony.value = ceremony
  form.elements.answer.value = JSON.stringify(write(credential))
  form.requestSubmit()
}

/** Shows the buttons where the browser knows passkeys. */
export function passkeys() {
  if (!window.PublicKeyCredential) return
  document.querySelectorAll('[data-passkey]').forEach((place) => {
    // A passkey belongs to the name of a site, and not to its number.
    if (location.hostname !== place.dataset.passkeyHost) return
    place.hidden = false
    const form = place.querySelector('form')
    const trouble = place.querySelector('[data-passkey-trouble]')
    place.querySelector('[data-passkey-button]').addEventListener('click', () => {
      trouble.hidden = true
      go(place, form).catch((error) => {
        trouble.textContent = error.name === 'NotAllowedError' ? 'No passkey was chosen. Try again, or use another way.' : 'That did not work. Try again, or use another way.'
        trouble.hidden = false
      })
    })
  })
}
