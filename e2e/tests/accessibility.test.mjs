// Every page, as each role finds it by following links, meets WCAG 2.2 AA as far as a machine can tell, on a
// wide screen and on a telephone, with and without mistakes in its forms.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { axe, focusShows, print, reflow, structure } from '../harness/audit.mjs'
import { DESKTOP, PHONE, keepingEvidence, launch, visitor } from '../harness/browser.mjs'
import { fillable, mistakesAreTold, sendEmpty } from '../harness/forms.mjs'
import { adt, send } from '../harness/mllp.mjs'
import { ACCOUNTS, address, as } from '../harness/people.mjs'
import { pages, routeOf } from '../harness/routes.mjs'
import { story } from '../harness/story.mjs'
import { addAction, addSubscriber, answerPair, createPerson, recordRequest, refer, startReablement } from '../harness/work.mjs'
import { crawl } from '../pages.mjs'

// Pages that no link leads to: what a search finds, finds not, and does not understand; what is not there.
const STARTS = {
  adviser: ['/', '/people?q=smith', '/people?q=zzzzqqq', '/people?q=31+02+1941', '/no-such-page', '/board'],
  'chief-officer': ['/'],
  finance: ['/'],
  governance: ['/'],
  records: ['/'],
}
const FEWEST_PAGES = 2
const FULL_LOOKS = 3

let browser
before(async () => {
  browser = await launch()
  await keepingEvidence('accessibility before', () => [], prepare)
})

/**
 * A message that cannot be used; a request that is open, one that waits for an answer, and one accepted; two records
 * that were joined.
 */
async function prepare() {
  const at = Date.now()
  const patient = { ...story(), street: '1 Test Street', town: 'Bournemouth' }
  const nowhere = { at, admitted: at, patient, trust: '!', ward: 'BAMU', bed: '1', visit: `NOWHERE-${at}` }
  await send(Number(process.env.STOUR_E2E_MLLP), adt('A01', nowhere))
  const adviser = await as(browser, 'adviser')
  const { page } = adviser
  for (const family of ['Accepted', 'Waiting', 'Open']) {
    await createPerson(page, { given: 'Ada', family })
    const record = new URL(page.url()).pathname
    await recordRequest(page, { words: 'Help with shopping and washing.' })
    STARTS.governance[1] = `${record}/who-has-looked`
    if (family !== 'Open') await refer(page, { why: 'To manage by herself again.' })
  }
  await adviser.context.close()
  const reablement = await as(browser, 'reablement')
  await startReablement(reablement.page, 'Accepted')
  await reablement.context.close()
  const integration = await as(browser, 'integration')
  await addSubscriber(integration.page)
  await integration.context.close()
  const records = await as(browser, 'records')
  await records.page.goto('/reviews/next')
  const pair = new URL(records.page.url()).pathname
  await answerPair(records.page, { answer: 'Yes, they are the same person', why: /moved/ })
  STARTS.records.push(pair)
  await records.context.close()
  await documents()
  await actions()
}
/** An indicator and a published series of which something is to be done, and where what happened is noted. */
async function actions() {
  const { page, context } = await as(browser, 'chief-officer')
  const indicator = '/board/indicators/still-at-home'
  await page.goto('/board')
  const series = await page.locator('main a[href^="/board/series/"]').first().getAttribute('href')
  for (const measure of [indicator, series]) STARTS['chief-officer'].push(await addAction(page, measure))
  STARTS['chief-officer'].push(`${indicator}/note`)
  await context.close()
}
/** A page for each kind of document, and what stands on it once somebody has tried something. */
async function documents() {
  const { page, context } = await as(browser, 'finance')
  await page.goto('/cases')
  const found = await page.locator('main tbody a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  assert.ok(found.length >= 5, `${found.length} documents`)
  STARTS.finance.push(...found)
  await page.getByRole('link', { name: 'Reablement at the front door' }).click()
  const { pathname } = new URL(page.url())
  STARTS.finance.push(`${pathname}/what-if?bed-days.take_up=20`, `${pathname}/what-if?bed-days.take_up=-1`)
  await context.close()
}
after(async () => {
  await browser.close()
})

/** Everything that a page must keep, at both widths; of a kind of page that was looked at often, less. */
async function faultsOf(page, isNew) {
  const faults = [...(await structure(page)), ...(await axe(page)), ...(await reflow(page))]
  if (!isNew) return faults
  faults.push(...(await print(page)), ...(await focusShows(page)))
  await page.setViewportSize(PHONE)
  faults.push(...(await axe(page)).map((fault) => `on a telephone: ${fault}`))
  await page.setViewportSize(DESKTOP)
  return faults
}

async function faultsOfForms(page, at) {
  const faults = []
  for (const number of await fillable(page)) {
    await page.goto(at.address)
    const status = await sendEmpty(page, number)
    const found = status === 422 ? await mistakesAreTold(page) : [`an empty form answers ${status}`]
    found.push(...(await faultsOf(page, true)))
    faults.push(...found.map((fault) => `form ${number + 1}, sent empty: ${fault}`))
  }
  await page.goto(at.address)
  return faults
}

// The routes whose pages were looked at, whoever looked.
const seen = new Set()
// How often each kind of page was looked at in full, whoever looked.
const looks = new Map()

function isNew({ pattern }) {
  const times = (looks.get(pattern) ?? 0) + 1
  looks.set(pattern, times)
  return times <= FULL_LOOKS
}

async function walk(name, somebody, starts) {
  const found = new Map()
  const { page } = somebody
  await keepingEvidence(name, () => [page], async () => {
    const { visited, broken } = await crawl(page, address(), starts, async (opened, at) => {
      seen.add(routeOf(opened.url(), pages()))
      const first = isNew(at)
      const faults = await faultsOf(opened, first)
      if (at.status < 400 && first) faults.push(...(await faultsOfForms(opened, at)))
      // One of a kind tells as much as all of them.
      for (const fault of faults) found.set(`${at.pattern}: ${fault}`, at.address)
    })
    const all = [...Array.from(found, ([fault, where]) => `${fault} (${where})`), ...broken, ...somebody.faults]
    assert.equal(all.length, 0, `\n${[...new Set(all)].join('\n')}`)
    assert.ok(visited.length >= FEWEST_PAGES, `only ${visited.length} pages were found`)
  })
  await somebody.context.close()
}

test('every page that needs no sign-in is accessible', async () => {
  const nobody = await visitor(browser, address())
  await walk('accessibility nobody', nobody, ['/sign-in', '/accessibility', '/no-such-page'])
})

for (const account of ACCOUNTS) {
  test(`every page that ${account} can open is accessible`, async () => {
    const somebody = await as(browser, account)
    await walk(`accessibility ${account}`, somebody, STARTS[account] ?? ['/'])
  })
}

test('no page of the list of routes was left out', () => {
  const missed = pages().filter((route) => !seen.has(route))
  assert.deepEqual(missed, [])
})
