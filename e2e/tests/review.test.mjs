// The records team's day: one pair is one person, one is two people, and the joining is taken back.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { keepingEvidence, launch } from '../harness/browser.mjs'
import { as, headed } from '../harness/people.mjs'
import { answerPair } from '../harness/work.mjs'

const QUESTION = 'Are these two records one person’s?'

let browser
let records
before(async () => {
  browser = await launch()
  records = await as(browser, 'records')
})
after(async () => {
  await records?.context.close()
  await browser.close()
})

function step(name, work) {
  test(name, () => keepingEvidence(`review ${name}`, () => [records.page], () => work(records.page)))
}

const content = (page) => page.locator('main').innerText()
let joined

step('the queue says how much waits and why each pair was held', async (page) => {
  await page.getByRole('link', { name: 'Reviews' }).first().click()
  await headed(page, 'Records to review')
  const waiting = Number(await page.locator('.stour-board__number').first().innerText())
  assert.ok(waiting >= 2, `${waiting} pairs wait`)
  const row = page.locator('main tbody tr').first()
  assert.ok((await row.locator('td').nth(2).innerText()).length > 20, 'why it was held')
})

step('both records stand side by side, the model’s view folded', async (page) => {
  await page.getByRole('button', { name: 'Review the next pair' }).click()
  await headed(page, QUESTION)
  const text = await content(page)
  for (const field of ['Family name', 'Given names', 'Date of birth']) assert.match(text, new RegExp(field))
  assert.match(text, /≠ Different|= Same/)
  const details = page.locator('details').filter({ hasText: 'What the model says' })
  for (const one of await details.all()) assert.equal(await one.getAttribute('open'), null)
})

step('one pair is one person, and the next comes up', async (page) => {
  const first = new URL(page.url()).pathname
  joined = first
  await answerPair(page, { answer: 'Yes, they are the same person', why: /mistyped/, note: 'Confirmed by telephone.' })
  await page.getByText('Your answer is kept').waitFor()
  assert.notEqual(new URL(page.url()).pathname, first)
})

step('the next is two people', async (page) => {
  await headed(page, QUESTION)
  const second = new URL(page.url()).pathname
  await answerPair(page, { answer: 'No, they are two people', why: /Relatives/ })
  await page.getByText('Your answer is kept').waitFor()
  await page.goto(second)
  await headed(page, QUESTION)
  assert.match(await content(page), /Two people/)
  assert.equal(await page.getByRole('button', { name: /^Save/ }).count(), 0)
})

step('the joining is undone, and the history says who did what', async (page) => {
  await page.goto(joined)
  await page.getByRole('link', { name: /See what was joined/ }).click()
  await headed(page, 'What was joined into this record')
  assert.match(await content(page), /mistyped/)
  await page.getByRole('link', { name: /^Undo/ }).click()
  await headed(page, 'Undo a joining of records')
  await page.getByLabel('Why', { exact: true }).selectOption({ label: 'They are two people: it was wrong to join them' })
  await page.getByRole('button', { name: 'Undo the joining' }).click()
  await headed(page, 'What was joined into this record')
  assert.match(await content(page), /Parted again/)
  assert.match(await content(page), /Ines Marlow/)
})

step('the counts are there for those who answer for them', async (page) => {
  await page.getByRole('link', { name: 'Matching' }).first().click()
  await headed(page, 'How well records are matched')
  assert.match(await content(page), /Organisation that sent the record/)
  await page.getByRole('link', { name: /probabilities are right/ }).click()
  await headed(page, 'Whether the model’s probabilities are right')
})
