// Decisions and scrutiny: a councillor follows one concern from 2024 to its answer with nobody signed in, democratic
// services record a meeting, and a programme manager answers what was promised.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { axe, reflow } from '../harness/audit.mjs'
import { PHONE, keepingEvidence, launch, visitor } from '../harness/browser.mjs'
import { address, as, headed } from '../harness/people.mjs'

let browser
before(async () => {
  browser = await launch()
})
after(async () => {
  await browser.close()
})

const text = (page) => page.locator('main').innerText()
const press = async (page, name) => {
  await page.locator('main').getByRole('button', { name }).first().click()
  await page.waitForLoadState()
}
const follow = async (page, name) => {
  await page.locator('main').getByRole('link', { name }).first().click()
  await page.waitForLoadState()
}

async function looksRight(page) {
  assert.deepEqual([...(await axe(page)), ...(await reflow(page))], [])
}

async function staff(name, account, work) {
  const { page, context, faults } = await as(browser, account)
  await keepingEvidence(name, () => [page], () => work(page))
  assert.deepEqual(faults, [])
  await context.close()
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without'

  test(`${how} script, on a telephone, a councillor follows one concern from 2024 to its answer`, async () => {
    const options = { viewport: PHONE, javaScriptEnabled }
    const { page, context, faults } = await visitor(browser, address(), options)
    await keepingEvidence(`decisions concern ${how}`, () => [page], async () => {
      const looks = async () => {
        if (javaScriptEnabled) await looksRight(page)
      }
      await page.goto('/decisions')
      await headed(page, 'Decisions and scrutiny')
      await looks()
      await page.getByLabel('Search the record').fill('measures of success')
      await press(page, 'Search')
      await follow(page, /Health and Adult Social Care Overview and Scrutiny Committee: Transforming Urgent/)
      await headed(page, /Transforming Urgent and Emergency Care Services/)
      const item = await text(page)
      assert.match(item, /what success would look like/)
      assert.match(item, /Nem\. con\.: nobody against/)
      await looks()
      await follow(page, /To judge the programme by the outcomes/)
      const promise = await text(page)
      assert.match(promise, /9\.64 days, from 9\.7, against a target of 8\.07, which was missed/)
      assert.match(promise, /1 December 2025/)
      // The promise has a source of its own: what counts is the row of what shows the answer.
      const shows = page.locator('.nhsuk-summary-list__row', { hasText: 'What shows it' })
      assert.match(await shows.getByRole('link').getAttribute('href'), /ieIssueDetails\.aspx\?IId=27206/)
      await looks()
      await page.goBack()
      await follow(page, /44\. FutureCare Programme – Mid-Programme Review/)
      assert.match(await text(page), /£12\.87m/)
      await looks()
      await page.goto('/decisions/commitments?state=overdue')
      assert.match(await text(page), /To review the programme in July 2025/)
      await looks()
    })
    assert.deepEqual(faults, [])
    await context.close()
  })
}

test('a clerk records a vote with more votes than members, is told, and puts it right', async () => {
  await staff('decisions vote', 'democratic-services', async (page) => {
    await page.goto('/decisions/work')
    await headed(page, /What needs doing/)
    assert.match(await text(page), /Too early: not before/)
    await looksRight(page)
    await page.goto('/decisions/registers/vote/new')
    await page.locator('#item').selectOption('101')
    await page.locator('#on').fill('An amendment (made up)')
    await page.getByLabel('Show of hands').check()
    await page.locator('#for').fill('7')
    await page.locator('#against').fill('5')
    await page.getByLabel('Carried').check()
    await press(page, /^(Add|Save|Record)/)
    assert.match(await text(page), /12 votes were counted, and only 8 members could vote/)
    assert.equal(await page.locator('#for').inputValue(), '7')
    await looksRight(page)
    await page.locator('#against').fill('1')
    await press(page, /^(Add|Save|Record)/)
    assert.match(await text(page), /An amendment \(made up\)/)
  })
})

test('democratic services publish a draft meeting, and the public reads it', async () => {
  await staff('decisions publish', 'democratic-services', async (page) => {
    await page.goto('/decisions/meetings/103')
    assert.match(await text(page), /not found/i)
    await page.goto('/decisions/work')
    const form = page.locator('form', { has: page.locator('input[name=meeting][value="103"]') })
    await form.getByRole('button').click()
    await page.waitForLoadState()
    assert.match(await text(page), /2 entries were published/)
    await page.goto('/decisions/meetings/103')
    assert.match(await text(page), /Progress of the reablement contract/)
    await looksRight(page)
  })
})

test('a programme manager answers a commitment, and democratic services record that it was accepted', async () => {
  const path = '/decisions/commitments/5'
  await staff('decisions answer', 'programme-manager', async (page) => {
    await page.goto(path)
    await follow(page, /Answer this/)
    await headed(page, /What came of this promise\?/)
    await page.getByLabel('What came of it?').fill('Both programmes say which part of reablement is theirs.')
    await page.getByLabel('What shows it?').fill('I remember it')
    await press(page, 'Record the answer')
    assert.match(await text(page), /Give the address of something published/)
    await looksRight(page)
    await page.getByLabel('What shows it?').fill('/decisions/meetings/103000')
    await press(page, 'Record the answer')
    assert.match(await text(page), /Nobody outside can read that page/)
    await page.getByLabel('What shows it?').fill('/decisions/items/6')
    await press(page, 'Record the answer')
    assert.match(await text(page), /Both programmes say which part/)
  })
  await staff('decisions accept', 'democratic-services', async (page) => {
    await page.goto(`${path}/answer`)
    await looksRight(page)
    await press(page, 'Record that it was accepted')
    assert.match(await text(page), /Accepted by the committee on/)
    await page.goto(path)
    assert.match(await text(page), /Accepted/)
  })
})
