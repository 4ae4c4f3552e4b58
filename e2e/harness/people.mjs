// Who uses the demonstration, and signing in as one of them.

import { visitor } from './browser.mjs'

/** Every role with a demonstration account, which is named for the role. */
export const ROLES = [
  'adviser',
  'practitioner',
  'community',
  'ward',
  'transfer-hub',
  'chief-officer',
  'analyst',
  'service-manager',
  'governance',
  'administrator',
  'resident',
  'integration',
]

export const address = () => process.env.STOUR_E2E_ADDRESS

/** The password of every demonstration account, as the server printed it. */
export function password(said = process.env.STOUR_E2E_SAID) {
  const found = /password\W+(\S+)/i.exec(said ?? '')
  if (!found) throw new Error(`the demonstration printed no password:\n${said}`)
  return found[1]
}

/** Fills in the sign-in page that is open. */
export async function signIn(page, name) {
  await page.getByLabel('Sign-in name').fill(name)
  await page.getByLabel('Password').fill(password())
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('button', { name: 'Sign out' }).waitFor()
}

/** Somebody with this role, at their home page. */
export async function as(browser, role, options = {}) {
  const somebody = await visitor(browser, address(), options)
  await somebody.page.goto('/sign-in')
  await signIn(somebody.page, role)
  return somebody
}
