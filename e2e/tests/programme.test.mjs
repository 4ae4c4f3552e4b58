// A programme manager's Friday: where the programme is, how far an activity has got, a risk that moved, the plan's conflicts,
// and the report that goes to the board, which then stays as it was.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { axe, reflow } from '../harness/audit.mjs'
import { PHONE, keepingEvidence, launch } from '../harness/browser.mjs'
import { as, headed } from '../harness/people.mjs'

let browser
before(async () => {
  browser = await launch()
})
after(async () => {
  await browser.close()
})

const PROGRAMME = 'One reablement base (made up)'
const text = (page) => page.locator('main').innerText()
const press = async (page, name) => {
  await page.locator('main').getByRole('button', { name }).first().click()
  await page.waitForLoadState()
}
const follow = async (page, name, heading = name) => {
  await page.locator('main').getByRole('link', { name, exact: typeof name === 'string' }).first().click()
  await headed(page, heading)
}
async function looksRight(page) {
  assert.deepEqual([...(await axe(page)), ...(await reflow(page))], [])
}

async function somebody(name, account, options, work) {
  const { page, context, faults } = await as(browser, account, options)
  await keepingEvidence(name, () => [page], () => work(page))
  assert.deepEqual(faults, [])
  await context.close()
}

test('a programme manager prepares and issues the Friday report', async () => {
  let issued
  await somebody('programme friday', 'programme-manager', {}, async (page) => {
    await page.goto('/programmes')
    await headed(page, 'Programmes')
    await page.getByRole('link', { name: PROGRAMME }).click()
    await headed(page, new RegExp('made up'))
    const home = await text(page)
    assert.match(home, /Where are we\?/)
    assert.match(home, /Whether to accept a lease of fifteen years/)
    assert.match(home, /Since the last board \(Reablement Board, last meeting/)
    assert.match(home, /Likelihood: /)
    await looksRight(page)

    await page.locator('main').getByRole('link', { name: 'Plan', exact: true }).first().click()
    await headed(page, /Plan/)
    assert.match(await text(page), /A chain of activities, each waiting for the one before/)
    await looksRight(page)
    await follow(page, 'Chart', /The plan as a chart/)
    assert.ok(await page.locator('main svg').first().isVisible())
    await looksRight(page)
    await follow(page, 'Table', /Plan/)

    await page.locator('main').getByRole('link', { name: /Consult staff on moving/ }).first().click()
    await headed(page, /Consult staff on moving/)
    await page.getByLabel('In progress', { exact: true }).check()
    await page.getByLabel('How much of it is done').fill('180')
    await page.getByLabel('What changes, and why').fill('Two of three teams were met')
    await press(page, 'Save how far it has got')
    assert.match(await text(page), /There is a problem/)
    assert.equal(await page.getByLabel('How much of it is done').inputValue(), '180')
    await looksRight(page)
    await page.getByLabel('How much of it is done').fill('60')
    await press(page, 'Save how far it has got')
    await headed(page, /Consult staff on moving/)
    assert.match(await text(page), /It is saved how far this activity has got/)
    assert.match(await text(page), /60%/)
    await looksRight(page)

    await page.goto('/programmes/made-up/registers/risk/2/edit')
    await page.locator('#likelihood').selectOption({ index: 5 }).catch(() => page.locator('input[name="likelihood"][value="5"]').check())
    await page.locator('#why-changed').fill('Two people have given notice')
    await press(page, 'Save')

    await page.goto('/programmes/made-up/plan/conflicts')
    await headed(page, /Conflicts in the plan/)
    assert.match(await text(page), /Conflict 1: /)
    await looksRight(page)

    await page.goto('/programmes/made-up/report')
    await headed(page, /Report/)
    const live = await text(page)
    assert.match(live, /R2 Staff leave rather than travel further: ▲ worse: 9 to 15/)
    assert.match(live, /Choose the building/)
    await looksRight(page)
    await press(page, 'Issue the report')
    assert.match(await text(page), /Say in a few sentences what the board should know first/)
    await page.getByLabel('Summary').fill('The lease decides when the base opens.')
    await press(page, 'Issue the report')
    await headed(page, /Report \d+/)
    issued = page.url()
    assert.match(await text(page), /The lease decides when the base opens\./)
    await looksRight(page)

    await page.goto('/programmes/made-up/registers/risk/2/edit')
    await page.locator('#likelihood').selectOption({ index: 1 }).catch(() => page.locator('input[name="likelihood"][value="1"]').check())
    await page.locator('#why-changed').fill('Both have changed their minds')
    await press(page, 'Save')
    await page.goto(issued)
    assert.match(await text(page), /▲ worse: 9 to 15/, 'what was issued stays as it was')
  })

  await somebody('programme chief', 'chief-officer', { viewport: PHONE }, async (page) => {
    await page.goto(issued)
    await headed(page, /Report \d+/)
    assert.match(await text(page), /The lease decides when the base opens\./)
    await looksRight(page)
    await page.goto('/programmes/made-up/plan/chart')
    await looksRight(page)
    assert.equal(await page.getByRole('button', { name: 'Issue the report' }).count(), 0)
  })
})

test('the plan of 2013 shows the three conflicts that its own table holds', async () => {
  await somebody('programme conflicts', 'democratic-services', {}, async (page) => {
    await page.goto('/programmes/better-together/plan/conflicts')
    await headed(page, /Conflicts in the plan/)
    const conflicts = await text(page)
    for (const said of [
      /Conflict 1: due before whoever is responsible is in place/,
      /AC8 Commission cultural change facilitator \(by July 2013\) and AC13/,
      /Conflict 2: issued before it is drafted/,
      /Conflict 3: in place before its governance/,
    ]) {
      assert.match(conflicts, said)
    }
    assert.doesNotMatch(conflicts, /Conflict 4/)
    await looksRight(page)
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('main').getByRole('link', { name: 'calendar' }).click(),
    ])
    assert.equal(download.suggestedFilename(), 'better-together-plan.ics')
  })
})
