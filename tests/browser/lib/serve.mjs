// The product as a county runs it: `whereabouts serve` on a database of its own, from the first moment on. And keys on people's key rings.

import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { root } from './product.mjs'

const program = path.join(root, process.env.WHEREABOUTS ?? 'target/debug/whereabouts')

/** A port that is free at this moment. */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/** Runs a command on a database, and gives what it printed. */
export function command(database, words, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...words, '--database-url', database], { env: { ...process.env, NO_COLOR: '1', ...env } })
    let said = ''
    child.stdout.on('data', (text) => (said += text))
    child.stderr.on('data', (text) => (said += text))
    child.once('error', reject)
    child.once('exit', (code) => (code === 0 ? resolve(said) : reject(new Error(`${words.join(' ')}: ${code}\n${said}`))))
  })
}

/** Starts the product on an empty database. Passkeys need this computer's name, and not its number. */
export async function serve() {
  const folder = await mkdtemp(path.join(tmpdir(), 'whereabouts-serve-'))
  const database = `sqlite:${path.join(folder, 'county.db')}`
  const clock = path.join(folder, 'clock')
  await writeFile(clock, '0')
  const port = await freePort()
  const words = ['serve', '--worker', '--listen', `127.0.0.1:${port}`, '--database-url', database, '--clock-file', clock]
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } })
  const said = { out: '', err: '' }
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.stderr.on('data', (text) => (said.err += text))
  const link = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}\n${said.out}\n${said.err}`)))
    child.stdout.on('data', (text) => {
      said.out += text
      const found = /http:\/\/localhost:\d+\/welcome\/[0-9a-f]{64}/.exec(said.out)
      if (found) resolve(found[0])
    })
  })
  let ahead = 0
  return {
    address: `http://localhost:${port}`,
    database,
    link,
    said,
    /** Moves the clock on. */
    async pass(minutes) {
      ahead += minutes * 60
      await writeFile(clock, String(ahead))
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A key on somebody's key ring: the browser's own pretended authenticator. */
export async function keyRing(who) {
  const line = await who.context.newCDPSession(who.page)
  await line.send('WebAuthn.enable')
  const { authenticatorId } = await line.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  return { keys: async () => (await line.send('WebAuthn.getCredentials', { authenticatorId })).credentials }
}
