// The product itself, as `whereabouts demo` starts it: a county made up in a database of its own, on a free port, with a clock that
// a test moves. Nothing here knows what a page looks like.

import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const program = path.join(root, process.env.WHEREABOUTS ?? 'target/debug/whereabouts')

/** The moment at which every test begins: a Tuesday night in winter, when London keeps Greenwich time. */
export const START = '2026-01-06T03:12:00+00:00'

/** Starts the product and waits until it listens. `database`: where it keeps what it makes up, and finds it again. */
export async function start({ seed = 7, children = 40, years = 1, area, database } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'whereabouts-browser-'))
  const clock = path.join(folder, 'clock')
  await writeFile(clock, '0')
  const words = ['demo', '--seed', seed, '--children', children, '--years', years, ...(area ? ['--area', area] : []), ...(database ? ['--database-url', database] : [])]
  const child = spawn(program, [...words, '--listen', '127.0.0.1:0', '--now', START, '--clock-file', clock].map(String), {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: '1' },
  })
  const said = { out: '', err: '' }
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.stderr.on('data', (text) => (said.err += text))
  const address = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the product ended with ${code} before it listened\n${said.out}\n${said.err}`)))
    child.stdout.on('data', (text) => {
      said.out += text
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(said.out)
      if (found) resolve(found[0])
    })
  })
  let ahead = 0
  return {
    address,
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
