// The product works where scripts do not run: find, create, record, be told of mistakes, sign out.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { PHONE, keepingEvidence, launch } from '../harness/browser.mjs'
import { as, headed } from '../harness/people.mjs'
import { recordRequest } from '../harness/work.mjs'

let browser
before(async () => {
  browser = await launch()
})
after(async () => {
  await browser.close()
})

async function without(name, role, options, work) {
  const { page, context, faults } = await as(browser, role, { javaScriptEnabled: false, ...options })
  await keepingEvidence(name, () => [page], () => work(page))
  assert.deepEqual(faults, [])
  await context.close()
}

test('without script an adviser creates a record, is told of mistakes, and records a request', async () => {
  await without('without-script adviser', 'adviser', {}, async (page) => {
    await page.goto('/people/new')
    await page.getByRole('button', { name: 'Create record' }).click()
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor()
    await page.getByLabel('Given names').fill('Winifred')
    await page.getByLabel('Family name').fill('Noscript')
    await page.getByRole('button', { name: 'Create record' }).click()
    await headed(page, /noscript, winifred/i)
    await recordRequest(page, { words: 'Help to get up the stairs.' })
    assert.match(await page.locator('main').innerText(), /Help to get up the stairs\./)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await page.goto('/people')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  })
})

test('without script a resident reads their record on a telephone', async () => {
  await without('without-script resident', 'resident', { viewport: PHONE }, async (page) => {
    // The navigation is one list on a narrow screen when no script folds it.
    await page.getByRole('link', { name: 'My record' }).first().click()
    await headed(page, 'My record')
    await page.getByRole('link', { name: 'See who has looked at my record' }).click()
    await headed(page, 'Who has looked at my record')
  })
})
