// Starts the product as its demonstration, on free ports and in a folder of its own, and ends it.

import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
const PEOPLE = 2000
const SEED = 7
const PATIENCE_MS = 180_000
const FAREWELL_MS = 12_000

/** The debug binary: STOUR_BINARY, else where cargo puts it. */
export function binary() {
  const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target')
  const path = process.env.STOUR_BINARY ?? join(target, 'debug', 'stour')
  if (!existsSync(path)) {
    throw new Error(`${path} is not there: build it with 'cargo build -p stour', or name it in STOUR_BINARY.`)
  }
  return path
}

async function freePort() {
  return new Promise((found, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address()
      probe.close(() => found(port))
    })
  })
}

/** Starts the demonstration; resolves when it answers and has said whom to sign in as. */
export async function startServer({ people = PEOPLE, seed = SEED } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'stour-e2e-'))
  const [port, mllp] = [await freePort(), await freePort()]
  // Nothing answers there: the pages of tracing are there, and say so.
  const tracing = ['--pds', 'http://127.0.0.1:9/personal-demographics/FHIR/R4']
  const words = ['demo', '--people', String(people), '--seed', String(seed), '--data', data, ...tracing]
  words.push('--listen', `127.0.0.1:${port}`, '--mllp', `127.0.0.1:${mllp}`)
  const child = spawn(binary(), words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const server = { address: `http://127.0.0.1:${port}`, mllp, data, output: '' }
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece) => {
      server.output += piece
    })
  }
  let ended = false
  const end = new Promise((done) => {
    const say = (how) => {
      ended = true
      server.output += `\n(ended: ${how})`
      done()
    }
    child.once('error', (error) => say(error.message))
    child.once('exit', (code, signal) => say(signal ?? `code ${code}`))
  })
  // Whatever happens to this process, the server does not outlive it.
  const kill = () => {
    if (!ended) child.kill('SIGKILL')
    rmSync(data, { recursive: true, force: true, maxRetries: 3 })
  }
  process.once('exit', kill)
  server.stop = async () => {
    if (!ended) child.kill('SIGTERM')
    await Promise.race([end, pause(FAREWELL_MS, undefined, { ref: false })])
    kill()
    process.removeListener('exit', kill)
  }
  try {
    await ready(server, () => ended)
  } catch (error) {
    await server.stop()
    throw error
  }
  return server
}

async function ready(server, hasEnded) {
  const latest = Date.now() + PATIENCE_MS
  while (Date.now() < latest) {
    if (hasEnded()) throw new Error(`the server ended before it answered:\n${server.output}`)
    const answer = await fetch(`${server.address}/health`).catch(() => undefined)
    if (answer?.ok && server.output.includes('Sign in as')) return
    await pause(100)
  }
  throw new Error(`the server did not answer within ${PATIENCE_MS / 1000} seconds:\n${server.output}`)
}
