// Every page, as each role finds it by following links, meets WCAG 2.2 AA as far as a machine can tell, on a
// wide screen and on a telephone, with and without mistakes in its forms.

import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { axe, focusShows, makings, print, reflow, structure } from '../harness/audit.mjs'
import { DESKTOP, PHONE, keepingEvidence, launch, visitor } from '../harness/browser.mjs'
import { fillable, mistakesAreTold, sendEmpty } from '../harness/forms.mjs'
import { adt, send } from '../harness/mllp.mjs'
import { ACCOUNTS, address, as } from '../harness/people.mjs'
import { pages, routeOf } from '../harness/routes.mjs'
import { story } from '../harness/story.mjs'
import {
  addAction,
  addSubscriber,
  allowClaim,
  answerFlow,
  answerPair,
  awaitScan,
  askForHelp,
  beginMeeting,
  bringHome,
  claimListing,
  createPerson,
  findListing,
  holdPlace,
  issueReport,
  leaving,
  recordRequest,
  refer,
  sendAssessmentNotice,
  sendNotices,
  startReablement,
  suggestChange,
} from '../harness/work.mjs'
import { crawl } from '../pages.mjs'

// Pages that no link leads to: what a search finds, finds not, and does not understand; what is not there.
const STARTS = {
  adviser: ['/', '/people?q=smith', '/people?q=zzzzqqq', '/people?q=31+02+1941', '/no-such-page', '/board'],
  'chief-officer': ['/'],
  finance: ['/'],
  governance: ['/'],
  'transfer-hub': ['/'],
  'in-reach': ['/'],
  records: ['/'],
  editor: ['/', '/directory/held', '/content/carer/compare?from=1&to=1'],
  provider: ['/'],
  'programme-manager': ['/', '/programmes/new', '/programmes/better-together/registers/risk/1/compare?from=1&to=1'],
  'democratic-services': ['/', '/decisions/registers/meeting/1/compare?from=1&to=1'],
}
const PUBLIC = [
  '/',
  '/sign-in',
  '/accessibility',
  '/no-such-page',
  '/find?q=lunch+clubb&postcode=dt1+1aa',
  '/find?q=zzzzqqq',
  '/find?postcode=zz99+9zz',
  '/advice/deleted',
  '/paying-for-care/kept',
  '/how-easy/find',
  '/how-easy/find/thanks',
]
const FEWEST_PAGES = 2
const FORMS_OF_A_PATTERN = 3
// One for each core of a small machine.
const AT_ONCE = 2

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
  await notices()
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
  await publicly()
  await listings()
  await programmes()
  await onward()
  await inReach()
}
/** What the community team plans for somebody in hospital, and a carer. */
async function inReach() {
  const { page, context } = await as(browser, 'in-reach')
  STARTS['in-reach'].push(...(await bringHome(page)))
  await context.close()
}
/** A place that is held for somebody on a ward, a scan that is waited for, and a meeting in which somebody is to do something. */
async function onward() {
  const { page, context } = await as(browser, 'transfer-hub')
  const ward = await firstWard(page)
  STARTS['transfer-hub'].push(...(await holdPlace(page, ward, { service: 'home-first', locality: 'poole-bay' })))
  STARTS['transfer-hub'].push(...(await beginMeeting(page, 'Order the bed')), await awaitScan(page, ward))
  await context.close()
}
/** The first ward that has anybody. */
async function firstWard(page) {
  await page.goto('/wards')
  const rows = page.locator('main tbody tr').filter({ hasNot: page.locator('td:nth-of-type(2):text-is("0")') })
  return rows.first().getByRole('link').getAttribute('href')
}
/** Somebody in hospital about whom notices wait for an answer, somebody whose day is not told, and somebody about whom nothing was sent. */
async function notices() {
  const { page, context } = await as(browser, 'transfer-hub')
  const stays = []
  const people = { Told: '1931-04-05', Asked: '1942-10-11', Unsent: '1953-07-29' }
  for (const [family, born] of Object.entries(people)) {
    const at = Date.now()
    const patient = { ...story(), given: `Of${family}`, family, born, nhsNumber: '', street: `2 ${family} Street`, town: 'Bournemouth' }
    const visit = `${family}-${at}`
    await send(Number(process.env.STOUR_E2E_MLLP), adt('A01', { at, admitted: at, patient, trust: 'R0D', ward: 'BAMU', bed: '2', visit }))
    stays.push(await leaving(page, '/wards/R0D/BAMU', family))
  }
  const [told, asked, nothing] = stays
  await sendAssessmentNotice(page, asked)
  STARTS['transfer-hub'] = ['/', await sendNotices(page, told), `${asked}/discharge-notice`, `${nothing}/assessment-notice`]
  await context.close()
}
/** A report that was issued, and a measure that is behind and not explained. */
async function programmes() {
  const { page, context } = await as(browser, 'programme-manager')
  STARTS['programme-manager'].push(await issueReport(page, 'better-together'))
  await page.goto('/programmes/future-care/benefits')
  await page.getByRole('link', { name: /wait/i }).first().click()
  await page.waitForURL(/\/benefits\/\d+$/)
  STARTS['programme-manager'].push(`${new URL(page.url()).pathname}/explain`)
  await context.close()
}
/** Answers on the way to an outcome, and somebody who asked for help. */
async function publicly() {
  const { page, context } = await visitor(browser, address())
  PUBLIC.push(...(await answerFlow(page)), await askForHelp(page, 'Ada Online'))
  await context.close()
}
/** A listing that is kept by a provider, who has begun to change it. */
async function listings() {
  const provider = await as(browser, 'provider')
  const listing = await findListing(provider.page, 'Benefits Check')
  PUBLIC.push(listing, `/directory/feedback?listing=${listing.split('/').at(-1)}`)
  STARTS.provider.push(`/directory/claims/new?listing=${listing.split('/').at(-1)}`)
  await claimListing(provider.page, listing)
  const editor = await as(browser, 'editor')
  await allowClaim(editor.page)
  await editor.context.close()
  const { first, suggestion } = await suggestChange(provider.page, 'Benefits Check', 'We fill in the forms with you.')
  STARTS.provider.push(first, suggestion)
  STARTS.editor.push(suggestion, `/directory/listings/${listing.split('/').at(-1)}`)
  await provider.context.close()
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

/** Everything that a page must keep, at both widths; of a page of which every part was looked at before, less. */
async function faultsOf(page) {
  const faults = [...(await structure(page)), ...(await reflow(page))]
  if (!(await hasNew(page))) return faults
  faults.push(...(await axe(page)), ...(await print(page)), ...(await focusShows(page)))
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
// What the pages that were looked at are made of, and how often the forms of each kind of page were sent; whoever looked.
const made = new Set()
const sent = new Map()

async function hasNew(page) {
  const before = made.size
  for (const making of await makings(page)) made.add(making)
  return made.size > before
}

function isToSend({ pattern, status }) {
  if (status >= 400) return false
  const times = (sent.get(pattern) ?? 0) + 1
  sent.set(pattern, times)
  return times <= FORMS_OF_A_PATTERN
}

async function walk(name, somebody, starts) {
  const found = new Map()
  const { page } = somebody
  await keepingEvidence(name, () => [page], async () => {
    const { visited, broken } = await crawl(page, address(), starts, async (opened, at) => {
      seen.add(routeOf(opened.url(), pages()))
      const faults = await faultsOf(opened)
      if (isToSend(at)) faults.push(...(await faultsOfForms(opened, at)))
      // One of a kind tells as much as all of them.
      for (const fault of faults) found.set(`${at.pattern}: ${fault}`, at.address)
    })
    const all = [...Array.from(found, ([fault, where]) => `${fault} (${where})`), ...broken, ...somebody.faults]
    assert.equal(all.length, 0, `\n${[...new Set(all)].join('\n')}`)
    assert.ok(visited.length >= FEWEST_PAGES, `only ${visited.length} pages were found`)
  })
  await somebody.context.close()
}

describe('a walk', { concurrency: AT_ONCE }, () => {
  test('every page that needs no sign-in is accessible', async () => {
    const nobody = await visitor(browser, address())
    await walk('accessibility nobody', nobody, PUBLIC)
  })

  for (const account of ACCOUNTS) {
    test(`every page that ${account} can open is accessible`, async () => {
      const somebody = await as(browser, account)
      await walk(`accessibility ${account}`, somebody, STARTS[account] ?? ['/'])
    })
  }
})

test('no page of the list of routes was left out', () => {
  const missed = pages().filter((route) => !seen.has(route))
  assert.deepEqual(missed, [])
})
