// Sign in, find somebody and open the record with a keyboard alone.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { keepingEvidence, launch, visitor } from '../harness/browser.mjs'
import { address, headed, password } from '../harness/people.mjs'

const MOST_STOPS = 60

let browser
before(async () => {
  browser = await launch()
})
after(async () => {
  await browser.close()
})

/** Presses Tab until the focus is on something of this role and name. */
async function tabTo(page, role, name) {
  const wanted = page.getByRole(role, { name }).first()
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab')
    const is = await wanted.evaluate((element) => element === document.activeElement)
    if (is) return
  }
  assert.fail(`Tab does not reach the ${role} ${name} on ${page.url()}`)
}

test('a keyboard alone signs in, finds somebody and opens the record', async () => {
  const { page, context, faults } = await visitor(browser, address())
  await keepingEvidence('keyboard', () => [page], async () => {
    await page.goto('/people')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    const main = await page.evaluate(() => document.activeElement?.closest('main') !== null || location.hash === '#maincontent')
    assert.ok(main, 'the first stop skips to the content')
    await tabTo(page, 'textbox', 'Sign-in name')
    await page.keyboard.type('adviser')
    await tabTo(page, 'textbox', 'Password')
    await page.keyboard.type(password())
    await page.keyboard.press('Enter')
    await page.waitForURL('**/people')
    await tabTo(page, 'searchbox', /Name, date of birth/)
    await page.keyboard.type('smith')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/people?q=smith')
    const first = page.locator('main table a').first()
    const name = await first.innerText()
    await tabTo(page, 'link', name)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/people\/[0-9a-f-]{36}/)
    await headed(page, name)
  })
  assert.deepEqual(faults, [])
  await context.close()
})
