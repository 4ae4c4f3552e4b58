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

/** From anywhere: adds a program that is told when records are joined, and leaves its page open. */
export async function addSubscriber(page) {
  await page.goto('/subscribers')
  await page.getByLabel('Name', { exact: true }).fill('A test')
  await page.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/events')
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('heading', { name: 'A test', level: 1 }).waitFor()
}

/** From a pair of records: answers, and waits for where the queue goes on. */
export async function answerPair(page, { answer, why, note = '' }) {
  const before = page.url()
  await page.getByLabel(answer).check()
  const chosen = page.getByRole('radio', { name: answer })
  const reasons = page.locator(`#conditional-${await chosen.getAttribute('id')} select`)
  const labels = await reasons.locator('option').allInnerTexts()
  await reasons.selectOption({ label: labels.find((label) => why.test(label)) })
  await page.getByLabel(/^Note/).fill(note)
  await page.getByRole('button', { name: /^Save and go on/ }).click()
  await page.waitForURL((url) => url.href !== before)
  await page.waitForLoadState()
}

/** Adds an action to a measure's page, and gives the address where somebody says what came of it. */
export async function addAction(page, measure) {
  await page.goto(`${measure}/action`)
  await page.getByLabel('What is to be done?').fill('Agree on one form')
  await page.getByLabel('Who is to do it?').fill('Transfer hub')
  for (const [part, value] of [['Day', '1'], ['Month', '2'], ['Year', '2030']]) {
    await page.getByLabel(part, { exact: true }).fill(value)
  }
  await page.getByRole('button', { name: 'Add it' }).click()
  return page.getByRole('link', { name: /Say what came of it/ }).first().getAttribute('href')
}
