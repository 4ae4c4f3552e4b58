// A story that several people take part in, each at a desk of their own, told in steps.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { DESKTOP, PHONE, keepingEvidence, launch } from './browser.mjs'
import { as } from './people.mjs'

const PICTURES = process.env.STOUR_E2E_PICTURES

/**
 * Begins a story. `desk(account)` is the page of whoever has the account, the same all through; `step` is one step, and those
 * after one that failed have nothing to stand on; `faults` is what went wrong on any page along the way.
 */
export function thread(name) {
  let browser
  const desks = new Map()
  let stopped
  before(async () => {
    browser = await launch()
  })
  after(async () => {
    await browser.close()
  })

  async function desk(account) {
    if (!desks.has(account)) desks.set(account, await as(browser, account))
    return desks.get(account).page
  }

  function step(title, work) {
    test(title, async (t) => {
      if (stopped) throw new Error(`not tried, since this failed: ${stopped}`)
      const pages = () => [...desks.values()].map(({ page }) => page)
      try {
        await keepingEvidence(`${name} ${title}`, pages, () => work(t))
      } catch (error) {
        stopped = title
        throw error
      }
    })
  }

  const faults = () => [...desks.values()].flatMap((somebody) => somebody.faults)
  return { desk, step, faults }
}

/** A picture of the page on a desk and on a telephone, where STOUR_E2E_PICTURES says where to. */
export async function picture(page, name) {
  if (PICTURES === undefined) return
  mkdirSync(PICTURES, { recursive: true })
  for (const [size, viewport] of [['desk', DESKTOP], ['phone', { ...PHONE, width: 390 }]]) {
    await page.setViewportSize(viewport)
    await page.screenshot({ path: join(PICTURES, `${name}-${size}.png`), fullPage: true })
  }
  await page.setViewportSize(DESKTOP)
}
