// What somebody does at a desk, so that other pages have something to show.

/** Makes a record and leaves its page open. */
export async function createPerson(page, { given, family }) {
  await page.goto('/people/new')
  await page.getByLabel('Given names').fill(given)
  await page.getByLabel('Family name').fill(family)
  await page.getByRole('button', { name: 'Create record' }).click()
  await page.getByRole('button', { name: 'Record a request' }).waitFor()
}

/** From a person's record: records a request and leaves its page open. */
export async function recordRequest(page, { words, asker = 'The person' }) {
  await page.getByRole('button', { name: 'Record a request' }).click()
  await page.getByLabel(asker).check()
  await page.getByRole('textbox', { name: /^What/ }).fill(words)
  await page.getByLabel('Route of access').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Record request' }).click()
  await page.getByRole('heading', { name: 'Request for support', level: 1 }).waitFor()
}

/** From a request: refers to reablement and leaves the request's page open. */
export async function refer(page, { why }) {
  await page.getByRole('button', { name: 'Refer to reablement' }).click()
  await page.getByLabel(/^Why/).fill(why)
  await page.getByLabel('Within 2 days').check()
  await page.getByRole('button', { name: 'Refer to reablement' }).click()
  await page.getByRole('heading', { name: 'Request for support', level: 1 }).waitFor()
}

/** From anywhere: starts the reablement of somebody who waits for it, today. */
export async function startReablement(page, family) {
  await page.goto('/reablement')
  await page.locator('main tr').filter({ hasText: new RegExp(family, 'i') }).getByRole('link', { name: /^Start/ }).click()
  await page.getByRole('button', { name: 'Start reablement' }).click()
  await page.getByRole('heading', { name: 'Reablement', level: 1, exact: true }).waitFor()
}
