// An agency's own accounts, against a real provider of OpenID Connect that this test starts; then against one that answers falsely, and one
// that is down.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { generateKeyPairSync, sign } from 'node:crypto'
import { after, before, test } from 'node:test'
import { Provider } from 'oidc-provider'
import { accessible } from './lib/checks.mjs'
import { addPasskey, comeIn } from './lib/door.mjs'
import { launch, visitor } from './lib/people.mjs'
import { send, words } from './lib/read.mjs'
import { command, freePort, serve } from './lib/serve.mjs'

let product
let browser
let provider

/** A provider with three accounts: night staff, somebody of no group of ours, and whoever says that they lead everything. */
async function real(back) {
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  const groups = { nina: ['night-staff'], otto: ['gardeners'], vera: ['night-staff', 'leaders'] }
  const oidc = new Provider(issuer, {
    clients: [{ client_id: 'whereabouts', client_secret: 'a secret of the test', redirect_uris: [back], grant_types: ['authorization_code'], response_types: ['code'] }],
    claims: { openid: ['sub', 'groups'], profile: ['name'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['keys of the test'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `${id[0].toUpperCase()}${id.slice(1)} North`, groups: groups[id] ?? [], email: `${id}@home.example`, email_verified: true }) }),
  })
  const server = createServer(oidc.callback())
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { issuer, stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve) }) }
}

/** A provider that answers whatever a test says. */
async function liar(answer) {
  const port = await freePort()
  const issuer = `http://localhost:${port}`
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig', alg: 'RS256' }
  const b64 = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
  const token = (claims, { alg = 'RS256', key = privateKey } = {}) => {
    const body = `${b64({ alg, kid: 'k', typ: 'JWT' })}.${b64(claims)}`
    return alg === 'none' ? `${body}.` : `${body}.${sign('sha256', Buffer.from(body), key).toString('base64url')}`
  }
  let nonce = ''
  const server = createServer((request, response) => {
    const address = new URL(request.url, issuer)
    const say = (value) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value))
    if (address.pathname === '/.well-known/openid-configuration') {
      return say({ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] })
    }
    if (address.pathname === '/jwks') return say({ keys: [jwk] })
    if (address.pathname === '/auth') {
      nonce = address.searchParams.get('nonce')
      const back = new URL(address.searchParams.get('redirect_uri'))
      back.searchParams.set('state', address.searchParams.get('state'))
      back.searchParams.set('code', 'c')
      return response.writeHead(303, { location: back.href }).end()
    }
    const now = Math.floor(Date.now() / 1000)
    const truth = { iss: issuer, sub: 'nina', aud: 'whereabouts', exp: now + 300, iat: now, nonce, groups: ['night-staff'], name: 'Nina North' }
    say({ access_token: 'a', token_type: 'Bearer', expires_in: 300, id_token: answer({ truth, token, now }) })
  })
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  return { issuer, stop: () => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve) }) }
}

const add = (name, issuer) =>
  command(product.database, ['agencies', 'provider', 'Larkfield House', '--name', name, '--issuer', issuer, '--client-id', 'whereabouts', '--rule', 'groups=night-staff:home_staff'], { WHEREABOUTS_CLIENT_SECRET: 'a secret of the test' })

before(async () => {
  product = await serve()
  await command(product.database, ['agencies', 'add', 'Larkfield House', '--kind', 'childrens_home'])
  provider = await real(`${product.address}/sign-in/agency/return`)
  await add('Larkfield accounts', provider.issuer)
  browser = await launch()
})

after(async () => {
  await browser?.close()
  await provider?.stop()
  await product?.stop()
})

/** Signs in at the provider's own pages. */
async function atProvider(page, account) {
  await page.goto('/sign-in')
  await page.getByRole('link', { name: 'Larkfield accounts' }).click()
  await goThrough(page, account)
  await page.waitForURL((address) => address.origin === product.address && !address.pathname.includes('/agency/'))
}

/** Says at the provider who one is, and that this service may know it. */
async function goThrough(page, account) {
  await page.locator('[name="login"]').fill(account)
  await page.locator('[name="password"]').fill('anything')
  await page.locator('button[type="submit"]').click()
  await page.locator('button[type="submit"]').click()
}

test('whoever a rule makes a post for comes in by the agency\'s own account', { timeout: 120_000 }, async () => {
  const who = await visitor(browser, product)
  await atProvider(who.page, 'nina')
  assert.match(await words(who.page), /What must I do now\?/)
  assert.match(await who.page.locator('.wh-you').innerText(), /Nina North[\s\S]*home staff/i)
  await who.close()
  const again = await visitor(browser, product)
  await atProvider(again.page, 'nina')
  const list = await command(product.database, ['people', 'list'])
  assert.equal(list.match(/Nina North/g).length, 1, 'the same person the second time')
  await again.close()
})

test('whom no rule knows is told so, and sees nothing', { timeout: 120_000 }, async () => {
  const who = await visitor(browser, product)
  await atProvider(who.page, 'otto')
  assert.match(await words(who.page), /nothing that it says of you makes a post here/)
  assert.doesNotMatch(await command(product.database, ['people', 'list']), /Otto North/)
  await who.close()
})

test('no rule makes a post that sees much', { timeout: 60_000 }, async () => {
  const words = ['agencies', 'provider', 'Larkfield House', '--name', 'x', '--issuer', provider.issuer, '--client-id', 'w', '--client-secret', 's', '--rule', 'groups=leaders:head_of_service']
  await assert.rejects(command(product.database, words), /sees much: no rule makes it, two people do/)
})

test('what a provider says falsely is not believed', { timeout: 180_000 }, async () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const lies = {
    'another issuer': ({ truth, token }) => token({ ...truth, iss: 'http://localhost:1' }),
    'for somebody else': ({ truth, token }) => token({ ...truth, aud: 'another' }),
    'of another sign-in': ({ truth, token }) => token({ ...truth, nonce: 'x' }),
    'without a sign-in': ({ truth, token }) => token({ ...truth, nonce: undefined }),
    'out of date': ({ truth, token, now }) => token({ ...truth, exp: now - 60 }),
    'signed by a stranger': ({ truth, token }) => token(truth, { key: stranger }),
    'not signed': ({ truth, token }) => token(truth, { alg: 'none' }),
    'no token at all': () => undefined,
  }
  for (const [what, answer] of Object.entries({ ...lies, truth: ({ truth, token }) => token(truth) })) {
    const one = await liar(answer)
    await add(`Provider: ${what}`, one.issuer)
    const who = await visitor(browser, product)
    await who.page.goto('/sign-in')
    await who.page.getByRole('link', { name: `Provider: ${what}`, exact: true }).click()
    await who.page.waitForURL((address) => address.origin === product.address && !address.pathname.includes('/agency/'))
    const said = await words(who.page)
    if (what === 'truth') assert.match(said, /What must I do now\?/)
    else assert.match(said, /could not be believed, and you were not signed in/, what)
    await who.close()
    await one.stop()
  }
})

test('whoever keeps the people of an agency adds a sign-in on pages, tries it, turns it on and off', { timeout: 180_000 }, async () => {
  const other = await real(`${product.address}/sign-in/agency/return`)
  const added = await command(product.database, ['people', 'add', 'Mary Quill', 'mary.quill', '--role', 'agency_administrator', '--agency', 'Larkfield House', '--address', product.address])
  const mary = await comeIn(browser, product, added.trim().split('\n').at(-1))
  await addPasskey(mary)
  const { page } = mary
  await page.goto('/agencies')
  await page.getByRole('link', { name: 'Larkfield House' }).click()
  await page.getByRole('link', { name: /accounts that they have at work/ }).click()
  await accessible(page, 'the sign-ins of an agency')
  await page.getByRole('button', { name: 'Add a sign-in' }).click()
  await send(page, 'Add it')
  assert.match(await words(page), /There is a problem[\s\S]*Enter the client id/)
  await accessible(page, 'a sign-in with faults')
  await page.locator('[name="name"]').fill('Night accounts')
  await page.locator('[name="issuer"]').fill(other.issuer)
  await page.locator('[name="client_id"]').fill('whereabouts')
  await page.locator('[name="client_secret"]').fill('a secret of the test')
  await page.locator('[name="rule-0"]').fill('groups')
  await page.locator('[name="value-0"]').fill('night-staff')
  await page.locator('[name="role-0"]').selectOption('home_staff')
  assert.equal(await page.locator('[name="role-0"] option[value="head_of_service"]').count(), 0, 'what sees much is not offered')
  await send(page, 'Add it')
  assert.match(await words(page), /It is off. Try it, then turn it on/)
  assert.doesNotMatch(await page.content(), /a secret of the test/)
  await accessible(page, 'a sign-in that is off')
  const offered = async () => {
    const who = await visitor(browser, product)
    await who.page.goto('/sign-in')
    const count = await who.page.getByRole('link', { name: 'Night accounts' }).count()
    await who.close()
    return count
  }
  assert.equal(await offered(), 0)

  // There and back: what the provider says, and who that would be here; nobody is signed in by it.
  await send(page, 'Try it')
  await goThrough(page, 'vera')
  await page.waitForURL((address) => address.origin === product.address)
  const said = await words(page)
  assert.match(said, /Posts that this would make[\s\S]*[Cc]hildren's home staff[\s\S]*night-staff, leaders/)
  await accessible(page, 'what a provider says')
  assert.doesNotMatch(await command(product.database, ['people', 'list']), /Vera North/)
  assert.match(await page.locator('.wh-you').innerText(), /Mary Quill/)
  await page.getByRole('link', { name: /Go back to the sign-in/ }).click()
  await send(page, 'Turn it on')
  assert.match(await words(page), /People come in by it from now on/)
  assert.equal(await offered(), 1)

  // A provider that does not do is said with why; and it is turned off alone.
  await other.stop()
  await send(page, 'Try it')
  assert.match(await words(page), /does not answer as a provider of accounts has to/)
  await page.getByText('Turn it off').first().click()
  await send(page, 'Turn it off')
  assert.match(await words(page), /Nobody comes in by it any more/)
  assert.equal(await offered(), 0)
  await mary.close()
})

test('what was begun at one browser is not ended at another', { timeout: 60_000 }, async () => {
  const one = await liar(({ truth, token }) => token(truth))
  await add('Provider: shared', one.issuer)
  const who = await visitor(browser, product)
  await who.page.goto('/sign-in')
  const href = await who.page.getByRole('link', { name: 'Provider: shared', exact: true }).getAttribute('href')
  const led = await who.context.request.get(href, { maxRedirects: 0 })
  const asked = await fetch(led.headers().location, { redirect: 'manual' })
  const other = await visitor(browser, product)
  await other.page.goto('/sign-in')
  await other.page.goto(asked.headers.get('location'))
  assert.match(await words(other.page), /begun at another browser/)
  await Promise.all([who.close(), other.close(), one.stop()])
})

test('a provider that is down is said to be, and other ways stay open', { timeout: 60_000 }, async () => {
  await provider.stop()
  const who = await visitor(browser, product)
  await who.page.goto('/sign-in')
  await who.page.getByRole('link', { name: 'Larkfield accounts' }).click()
  await who.page.waitForURL(/\/sign-in$/)
  assert.match(await words(who.page), /does not answer just now/)
  assert.ok(await who.page.getByLabel('Username').isVisible())
  await who.close()
})
