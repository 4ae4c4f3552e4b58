// Chromium, and what every test asks of every page: nothing on the console, nothing from another host.

import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { chromium as driver } from 'playwright-core'

const results = join(dirname(fileURLToPath(import.meta.url)), '..', 'test-results')

export const DESKTOP = { width: 1280, height: 900 }
export const PHONE = { width: 375, height: 812 }
// No other host has an address.
const OURS_ALONE = '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'
export const NARROWEST = { width: 320, height: 640 }

/** Where Chromium is: CHROMIUM, else on the path. */
export function chromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  try {
    return execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim()
  } catch {
    throw new Error("Chromium is not here: install the package 'chromium', or name it in CHROMIUM.")
  }
}

/** A browser with nobody signed in. */
export async function launch() {
  return driver.launch({
    executablePath: chromium(),
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--force-color-profile=srgb', OURS_ALONE],
  })
}

/** Somebody at a screen. `visitor.faults` collects what a page must never do. */
export async function visitor(browser, address, options = {}) {
  const context = await browser.newContext({
    viewport: DESKTOP,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    baseURL: address,
    ...options,
  })
  context.setDefaultTimeout(15_000)
  const faults = []
  // Only heard, since what is asked for by way of this process is never kept by the browser from one page to the next.
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== address && protocol !== 'data:' && protocol !== 'about:') faults.push(`asked another host: ${request.url()}`)
  })
  const page = await context.newPage()
  watch(page, faults)
  return { context, page, faults }
}

function watch(page, faults) {
  page.on('pageerror', (error) => faults.push(`script error on ${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    // The browser itself reports each answer that is an error; tests ask for those on purpose.
    const expected = message.text().startsWith('Failed to load resource') && message.location().url === page.url()
    if (['error', 'warning'].includes(message.type()) && !expected) {
      faults.push(`console ${message.type()} on ${page.url()}: ${message.text()}`)
    }
  })
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} from ${response.url()}`)
  })
}

/** Does the work; if it fails, keeps what each page showed. */
export async function keepingEvidence(name, pages, work) {
  try {
    return await work()
  } catch (error) {
    mkdirSync(results, { recursive: true })
    const stem = name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').slice(0, 80)
    for (const [number, page] of pages().entries()) {
      const file = join(results, `${stem}-${number + 1}`)
      await page.screenshot({ path: `${file}.png`, fullPage: true }).catch(() => {})
      const text = await page.locator('body').innerText().catch(() => '(no page)')
      writeFileSync(`${file}.txt`, `${page.url()}\n${error.stack}\n\n${text}\n`)
    }
    throw error
  }
}
