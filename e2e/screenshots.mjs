// Pictures of the pages for review and for the README: node screenshots.mjs OUT_DIR [account …]
//
// Each page that somebody finds by following links from home, on a wide screen and on a telephone, and each of
// its forms sent empty. Uses the server at STOUR_E2E_ADDRESS (with STOUR_E2E_SAID for the password) or starts
// a demonstration of its own.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

import { DESKTOP, PHONE, launch } from './harness/browser.mjs'
import { fillable, sendEmpty } from './harness/forms.mjs'
import { ACCOUNTS, address, as } from './harness/people.mjs'
import { startServer } from './harness/server.mjs'
import { crawl } from './pages.mjs'

const [folder, ...wanted] = process.argv.slice(2)
if (folder === undefined) {
  console.error('usage: node screenshots.mjs OUT_DIR [account …]')
  process.exit(2)
}
mkdirSync(folder, { recursive: true })

let server
if (!process.env.STOUR_E2E_ADDRESS) {
  server = await startServer()
  process.env.STOUR_E2E_ADDRESS = server.address
  process.env.STOUR_E2E_SAID = server.output
}
const browser = await launch()
try {
  for (const account of wanted.length > 0 ? wanted : ACCOUNTS) await pictures(account)
} finally {
  await browser.close()
  await server?.stop()
}

async function pictures(account) {
  const { page, context } = await as(browser, account)
  const seen = new Set()
  const starts = account === 'adviser' ? ['/', '/people?q=smith'] : ['/']
  const { broken } = await crawl(page, address(), starts, async (opened, { address: at, pattern }) => {
    if (seen.has(pattern)) return
    seen.add(pattern)
    const stem = `${account}${pattern.replaceAll('*', 'one').replaceAll(/[^a-z0-9]+/gi, '-').replace(/-$/, '')}`
    await both(opened, stem)
    for (const number of await fillable(opened)) {
      await opened.goto(at)
      await sendEmpty(opened, number)
      await both(opened, `${stem}-form-${number + 1}-mistakes`)
    }
    await opened.goto(at)
  })
  for (const fault of broken) console.error(fault)
  await context.close()
}

async function both(page, stem) {
  for (const [name, size] of [['wide', DESKTOP], ['phone', PHONE]]) {
    await page.setViewportSize(size)
    await page.screenshot({ path: join(folder, `${stem}-${name}.png`), fullPage: true })
  }
  await page.setViewportSize(DESKTOP)
  console.log(stem)
}
