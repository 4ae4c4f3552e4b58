// A benefit owner sees that a measure is missed and explains it; a programme manager claims no more of a change than there was;
// somebody else than its author signs that a measure has moved.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { keepingEvidence, launch } from '../harness/browser.mjs'
import { as } from '../harness/people.mjs'

const WAIT = 'Shorter wait to leave hospital with a care package'

let browser
let owner
before(async () => {
  browser = await launch()
  owner = await as(browser, 'service-manager')
})
after(async () => {
  await owner?.context.close()
  await browser.close()
})

function step(name, work) {
  test(name, () => keepingEvidence(`benefits ${name}`, () => [owner.page], () => work(owner.page)))
}

const content = (page) => page.locator('main').innerText()

step('a benefit owner sees at a glance what is ahead and what is missed', async (page) => {
  await page.goto('/programmes')
  await page.getByRole('link', { name: 'FutureCare' }).first().click()
  await page.getByLabel('This programme').getByRole('link', { name: 'Benefits' }).click()
  await page.getByRole('heading', { name: 'Ahead overall, behind on the wait with a package' }).waitFor()
  const row = page.getByRole('row').filter({ hasText: WAIT })
  const cells = await row.first().locator('th, td').allInnerTexts()
  assert.ok(['9.70', '9.64', '8.07', 'Behind'].every((text) => cells.join('|').includes(text)), cells.join(' | '))
})

step('the missed measure opens to what was published, and to what our own records count', async (page) => {
  await page.getByRole('link', { name: WAIT }).first().click()
  await page.getByRole('heading', { name: WAIT, level: 1 }).waitFor()
  const text = await content(page)
  assert.match(text, /Behind: 9\.64 against 8\.07 aimed at/)
  assert.match(text, /nobody has explained why yet/)
  assert.match(text, /The months of the baseline, and the day by which the target is to be reached/)
  assert.match(text, /Days that people wait in hospital for support at home/)
})

step('an explanation without a reason is told, and keeps what was typed', async (page) => {
  await page.getByRole('button', { name: 'Explain why it is behind' }).click()
  await page.getByLabel('What is being done?').fill('Two more brokers begin in January.')
  await page.getByRole('button', { name: 'Record it' }).click()
  await page.getByRole('link', { name: 'Say why the figure is what it is' }).waitFor()
  assert.equal(await page.getByLabel('What is being done?').inputValue(), 'Two more brokers begin in January.')
})

step('the explanation stands with its figure, its owner and its day', async (page) => {
  await page.getByLabel('Why is the figure what it is?').fill('Packages of care start late in the east of the county.')
  await page.getByLabel('Who does it?').selectOption('Dorset Council')
  const year = String(new Date().getFullYear() + 1)
  for (const [part, value] of [['Day', '31'], ['Month', '1'], ['Year', year]]) {
    await page.getByLabel(part, { exact: true }).fill(value)
  }
  await page.getByRole('button', { name: 'Record it' }).click()
  await page.getByRole('heading', { name: WAIT, level: 1 }).waitFor()
  const text = await content(page)
  assert.match(text, /Packages of care start late in the east of the county/)
  assert.match(text, new RegExp(`Dorset Council, by 31 January ${year}`))
  assert.match(text, /Of Behind: 9\.64 against 8\.07 aimed at, 6 October 2025/)
})

step('a claim above the change is refused by how much, and what nobody claims is shown', async () => {
  const manager = await as(browser, 'programme-manager')
  const { page } = manager
  const claim = async (quantity) => {
    await page.getByLabel('Which change?').selectOption({ value: '3' })
    await page.getByLabel('How much of it?').fill(quantity)
    await page.getByLabel('What is it held against?').fill('Before and after')
    await page.getByRole('button', { name: 'Claim it' }).click()
  }
  await page.goto('/programmes/future-care/benefits/claims')
  await claim('60')
  await page.getByRole('link', { name: /The claim is 5 too much/ }).waitFor()
  await claim('40')
  await page.getByText('Holds').first().waitFor()
  const cells = await page.getByRole('row').filter({ hasText: 'same day emergency care' }).first().locator('th, td').allInnerTexts()
  assert.deepEqual(cells.slice(2), ['55', '40', '15'])
  await manager.context.close()
})

step('whoever answers for the service signs that a measure has moved', async (page) => {
  await page.goto('/programmes/future-care/benefits/4/sign')
  await page.getByRole('button', { name: 'Sign that the measure has moved' }).click()
  await page.getByText('Moved and signed').first().waitFor()
  assert.match(await content(page), /series\/future-care-community-bed-stay\/QVV on 2025-12-01: 33\.3, better by 4\.9/)
})
