// A business case: a finance officer changes an assumption and sees each partner's position move, tries
// another, sends the case through a spreadsheet, and a chief officer signs it off.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { keepingEvidence, launch } from '../harness/browser.mjs'
import { address, as } from '../harness/people.mjs'

const TITLE = 'Reablement at the front door (made up)'

let browser
let finance
let here
before(async () => {
  browser = await launch()
  finance = await as(browser, 'finance')
  const { page } = finance
  await page.goto('/cases/new')
  await page.getByLabel(TITLE).check()
  await page.getByRole('button', { name: 'Start from this' }).click()
  await page.waitForURL(/\/cases\/[0-9a-f-]{36}$/)
  here = new URL(page.url()).pathname
})
after(async () => {
  await finance?.context.close()
  await browser.close()
})

function step(name, work) {
  test(name, () => keepingEvidence(`business case ${name}`, () => [finance.page], () => work(finance.page)))
}

const content = (page) => page.locator('main').innerText()

/** The cells of a table's row, by the table's caption and the row's first cell. */
async function row(page, caption, name) {
  // Until the style sheet is there, headings for telephones are read with the cells.
  await page.waitForLoadState('load')
  const table = page.locator('table').filter({ has: page.locator('caption', { hasText: caption }) }).first()
  const cells = table.locator('tr').filter({ hasText: name }).first().locator('th, td')
  return (await cells.allInnerTexts()).map((text) => text.trim())
}

/** An amount of money as whole pence. */
const pence = (text) => Number(text.replace('−', '-').replace(/[£,+]/g, '').replace('.', ''))

step('every line has its source, grade and owner, and each amount its arithmetic', async (page) => {
  await page.goto(here)
  const cells = await row(page, 'Benefits', 'Days in hospital not needed')
  assert.ok(cells.some((cell) => /matched comparison, level 2 of 5/.test(cell)), cells.join(' | '))
  assert.ok(cells.some((cell) => /Director of finance/.test(cell)), cells.join(' | '))
  await page.getByRole('link', { name: 'Days in hospital not needed' }).click()
  await page.getByRole('heading', { name: 'Year by year' }).waitFor()
  assert.match(await content(page), /1,020 people × 30% take-up × 4 hospital days each × £350\.00/)
})

step('an assumption is changed, and each partner’s position moves by what it should', async (page) => {
  await page.getByRole('button', { name: 'Change this line' }).click()
  await page.getByLabel('Take-up').fill('20')
  await page.getByLabel('What changes, and why').fill('Take-up as in the second pilot')
  await page.getByRole('button', { name: 'Save as a new version' }).click()
  await page.getByRole('heading', { name: 'From version 1 to version 2' }).waitFor()
  const [, before, after, moved] = await row(page, 'What moved', 'The NHS')
  // A third fewer people: a third of what hospital days are worth, £582,135.82, is gone.
  assert.equal(pence(after) - pence(before), pence(moved))
  assert.ok(Math.abs(pence(moved) + 58213582 / 3) <= 2, moved)
  assert.equal((await row(page, 'What moved', 'The council')).at(-1), 'no change')
  assert.deepEqual((await row(page, 'What was changed', 'Days in hospital not needed: take up')).slice(1), ['30%', '20%'])
})

step('what if stands beside the case, and can be kept', async (page) => {
  await page.getByRole('link', { name: 'What if' }).click()
  await page.getByLabel('What if, Hours of home care not needed: deadweight').fill('50')
  await page.getByRole('button', { name: 'See what follows' }).click()
  const [, now, then, moved] = await row(page, 'Net present value of each partner', 'The council')
  assert.ok(pence(then) < pence(now), `${now} ${then}`)
  assert.equal(pence(then) - pence(now), pence(moved))
  await page.getByLabel('What changes, and why').fill('Half would manage at home anyway')
  await page.getByRole('button', { name: 'Save as a new version' }).click()
  await page.getByRole('heading', { name: 'From version 2 to version 3' }).waitFor()
  assert.equal((await row(page, 'What moved', 'The council')).at(-1), moved)
})

step('how sure it is, as charts with tables', async (page) => {
  await page.getByRole('link', { name: 'How sure' }).click()
  for (const chart of ['#fan', '#tornado']) {
    await page.locator(`${chart} svg`).first().waitFor()
    await page.locator(`${chart} summary`).click()
    assert.ok((await page.locator(`${chart} tbody tr`).count()) >= 3, chart)
  }
  assert.match(await content(page), /10,000 draws from seed 1/)
})

step('a spreadsheet goes out, and comes back as the next version', async (page) => {
  const answer = await page.request.get(`${address()}${here}/versions/2/case.xlsx`)
  assert.equal(answer.status(), 200)
  await page.goto(`${here}/text`)
  await page.locator('input[type=file]').setInputFiles({ name: 'case.xlsx', mimeType: 'application/octet-stream', buffer: await answer.body() })
  await page.locator('#what-of-file').fill('Back to the second version, from its spreadsheet')
  await page.getByRole('button', { name: 'Use this file' }).click()
  await page.getByRole('heading', { name: 'From version 3 to version 4' }).waitFor()
  assert.deepEqual((await row(page, 'What was changed', 'Hours of home care not needed: deadweight')).slice(1), ['50%', '30%'])
})

step('whoever saved a version does not sign it; a chief officer does', async (page) => {
  await page.goto(`${here}/versions`)
  assert.match(await content(page), /somebody else must sign it off/)
  const chief = await as(browser, 'chief-officer')
  await chief.page.goto(`${here}/versions`)
  const fingerprint = await chief.page.locator('main code').first().innerText()
  await chief.page.getByLabel('I have read this version and its figures, and sign them').check()
  await chief.page.getByRole('button', { name: 'Sign off version 4' }).click()
  await chief.page.getByText('Signed off by Priya Nair').waitFor()
  await chief.context.close()
  const text = await (await page.request.get(`${address()}${here}/versions/4/case.toml`)).body()
  const digest = Buffer.from(await crypto.subtle.digest('SHA-256', text)).toString('hex')
  assert.equal(digest, fingerprint)
})

step('people comment on a line, and settle it', async (page) => {
  await page.goto(`${here}/lines/team`)
  await page.getByLabel('Your comment').fill('Is the second year fully staffed?')
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  await page.getByText('Is the second year fully staffed?').waitFor()
  await page.getByLabel('What came of it').fill('Yes, from April.')
  await page.getByRole('button', { name: 'Settle' }).click()
  await page.getByText('Settled').waitFor()
  assert.match(await content(page), /Yes, from April\./)
})
