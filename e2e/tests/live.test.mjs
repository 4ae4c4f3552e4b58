// A page that follows what happens, and says so when it no longer can.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { keepingEvidence, launch } from '../harness/browser.mjs'
import { adt, send } from '../harness/mllp.mjs'
import { as, headed } from '../harness/people.mjs'
import { story } from '../harness/story.mjs'

const PORT = Number(process.env.STOUR_E2E_MLLP)
const NOTE = 'This list has stopped updating.'

let browser
before(async () => {
  browser = await launch()
})
after(async () => {
  await browser.close()
})

test('an open list that can no longer be kept up to date says so', async () => {
  const { page, context, faults } = await as(browser, 'in-reach')
  await keepingEvidence('live stopped', () => [page], async () => {
    await page.goto('/in-reach')
    await headed(page, 'Your people in hospital')
    assert.equal(await page.getByText(NOTE).count(), 0)
    const other = await context.newPage()
    await other.goto('/')
    await other.getByRole('button', { name: 'Sign out' }).click()
    await headed(other, 'Sign in')
    const at = Date.now()
    const patient = { ...story(), street: '1 Test Street', town: 'Bournemouth' }
    const stay = { at, admitted: at, patient, trust: 'R0D', ward: 'BAMU', bed: '9', visit: `LIVE-${at}` }
    assert.equal((await send(PORT, adt('A01', stay))).code, 'AA')
    await page.getByText(NOTE).waitFor()
    await page.getByRole('link', { name: 'Show it again' }).click()
    await headed(page, 'Sign in')
  })
  assert.deepEqual(faults, [])
  await context.close()
})
