// Who uses the demonstration, and signing in as one of them.

import { visitor } from './browser.mjs'

// How long something may take that happens after it was acknowledged.
const PATIENCE_MS = 15_000

/** The sign-in names of the demonstration's accounts: one for each kind of user. */
export const ACCOUNTS = [
  'adviser',
  'reablement',
  'in-reach',
  'ward',
  'transfer-hub',
  'chief-officer',
  'service-manager',
  'finance',
  'commissioner',
  'programme-manager',
  'democratic-services',
  'editor',
  'provider',
  'records',
  'governance',
  'integration',
  'administrator',
  'resident',
]

export const address = () => process.env.STOUR_E2E_ADDRESS

/** The password of every demonstration account, as the server printed it. */
export function password(said = process.env.STOUR_E2E_SAID) {
  const found = /password of each is (\S+)/.exec(said ?? '')
  if (!found) throw new Error(`the demonstration printed no password:\n${said}`)
  return found[1]
}

/** Fills in the sign-in page that is open. */
export async function signIn(page, name) {
  await page.getByLabel('Sign-in name').fill(name)
  await page.getByLabel('Password').fill(password())
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
  await page.waitForLoadState()
}

/** Whoever has this account, at their home page. */
export async function as(browser, account, options = {}) {
  const somebody = await visitor(browser, address(), options)
  await somebody.page.goto('/sign-in')
  await signIn(somebody.page, account)
  return somebody
}

/**
 * Waits for the page with this heading: a click does not wait for where it leads. And for its scripts, which move the
 * navigation: a click that falls on a link as it moves is lost.
 */
export async function headed(page, name) {
  await page.getByRole('heading', { level: 1, name, exact: typeof name === 'string' }).waitFor()
  await page.waitForLoadState()
}

/** Home, and from there to one of the places that are somebody's. */
export async function go(page, place, heading) {
  await page.locator('header').getByRole('link', { name: /^Stour/ }).click()
  await headed(page, /^Hello/)
  await page.locator('main').getByRole('link', { name: place, exact: true }).click()
  await headed(page, heading)
}

/** Loads the page again until it is so: what was acknowledged is worked through a moment later. */
export async function until(page, isSo) {
  const latest = Date.now() + PATIENCE_MS
  while (!(await isSo())) {
    if (Date.now() > latest) throw new Error(`it never came to be so on ${page.url()}`)
    await page.reload()
  }
}

/** Where somebody stands on a board, by words of their row: not what a team was told of them, which it can say that it has seen. */
export function standing(page, words) {
  return page.locator('main tr').filter({ hasText: words, hasNot: page.getByRole('button', { name: /^Seen/ }) })
}
