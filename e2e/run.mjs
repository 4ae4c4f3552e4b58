// Runs the browser tests: node run.mjs OUT.json [part of a test file's name …]
//
// Starts the demonstration, runs every tests/*.test.mjs one after another in Chromium, writes
// {passed, failed} to OUT.json and ends with 1 if anything failed. What failed leaves a screenshot and the
// page's text in test-results/.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from 'node:test'
import { fileURLToPath } from 'node:url'

import { chromium } from './harness/browser.mjs'
import { startServer } from './harness/server.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const results = join(here, 'test-results')
// The journey fills the records that the other tests then look at.
const FIRST = 'journey.test.mjs'

const [out, ...wanted] = process.argv.slice(2)
if (out === undefined) {
  console.error('usage: node run.mjs OUT.json [part of a test file name …]')
  process.exit(2)
}

let server
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await server?.stop()
    process.exit(1)
  })
}

const count = { passed: 0, failed: 0 }
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })
try {
  chromium()
  server = await startServer()
  process.env.STOUR_E2E_ADDRESS = server.address
  process.env.STOUR_E2E_MLLP = String(server.mllp)
  process.env.STOUR_E2E_DATA = server.data
  process.env.STOUR_E2E_SAID = server.output
  for (const file of files()) await runFile(file)
} catch (error) {
  count.failed += 1
  console.error(error.message)
} finally {
  if (server) {
    await server.stop()
    if (count.failed > 0) writeFileSync(join(results, 'server.log'), server.output)
  }
}
if (count.passed + count.failed === 0) {
  count.failed = 1
  console.error('no test ran')
}
writeFileSync(out, `${JSON.stringify(count)}\n`)
console.log(`${count.passed} passed, ${count.failed} failed in the browser`)
process.exit(count.failed === 0 ? 0 : 1)

function files() {
  const all = readdirSync(join(here, 'tests')).filter((name) => name.endsWith('.test.mjs'))
  const chosen = all.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  return chosen.sort((a, b) => Number(b === FIRST) - Number(a === FIRST) || a.localeCompare(b))
}

async function runFile(name) {
  console.log(`-- ${name}`)
  const stream = run({ files: [join(here, 'tests', name)], concurrency: 1 })
  for await (const { type, data } of stream) {
    if (type === 'test:diagnostic' && data.nesting === 0 && data.file) console.log(`   ${data.message}`)
    if (type === 'test:stderr' || type === 'test:stdout') process.stdout.write(data.message)
    if (type !== 'test:pass' && type !== 'test:fail') continue
    if (data.details.type === 'suite') continue
    const passed = type === 'test:pass'
    count[passed ? 'passed' : 'failed'] += 1
    const seconds = (data.details.duration_ms / 1000).toFixed(1)
    console.log(`${passed ? 'PASS' : 'FAIL'} [${seconds.padStart(6)}s] ${data.name}`)
    if (!passed) console.log(indent(data.details.error?.cause?.message ?? data.details.error?.message ?? ''))
  }
}

function indent(text) {
  return String(text).replaceAll(/^/gm, '     ')
}
