// The first thread through the house, in the browser and on real messages: from a telephone call, through
// hospital and reablement, to a number on the board and back to the people it is made of.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { adt, send } from '../harness/mllp.mjs'
import { headed, standing } from '../harness/people.mjs'
import { hasReferenceData, itkExamples } from '../harness/reference.mjs'
import { binary } from '../harness/server.mjs'
import { story } from '../harness/story.mjs'
import { thread } from '../harness/thread.mjs'
import { refer } from '../harness/work.mjs'

const TRUST = 'R0D'
const FIRST_WARD = { code: 'BAMU', bed: '7' }
const SECOND_WARD = { code: 'BELD', bed: '12' }
const HOME = '19'
const MINUTE = 60_000
const WAIT_MS = 5_000

const her = story()
const visit = `E2E-${Date.now()}`
const now = Date.now()
const admitted = now - 50 * MINUTE
const stay = { admitted, patient: { ...her, street: '1 Test Street', town: 'Bournemouth' }, trust: TRUST, visit }

const { desk, step, faults } = thread('journey')
let record

const content = (page) => page.locator('main').innerText()

step('an adviser finds her by each of the things that people say on the telephone', async () => {
  const page = await desk('adviser')
  await page.getByRole('link', { name: 'People' }).first().click()
  const asked = [
    `${her.given} ${her.family}`,
    `${her.family} ${her.given}`,
    `${her.family} ${her.district}`,
    `${her.typedBirth} ${her.family}`,
    her.nhsNumber,
    her.nhsNumber.replaceAll(' ', ''),
  ]
  for (const text of asked) {
    await page.getByLabel('Name, date of birth, postcode or NHS number').fill(text)
    await page.getByRole('button', { name: 'Search' }).click()
    await page.waitForURL((url) => url.searchParams.get('q') === text)
    const row = page.locator('main tr').filter({ hasText: her.nhsNumber })
    assert.equal(await row.count(), 1, `"${text}" finds her`)
    const link = await row.getByRole('link').getAttribute('href')
    record ??= link
    assert.equal(link, record)
  }
  await page.locator('main tr').filter({ hasText: her.nhsNumber }).getByRole('link').click()
  await page.waitForURL(`**${record}`)
  await headed(page, new RegExp(her.family, 'i'))
})

step('the adviser adds a carer as a person of their own', async () => {
  const page = await desk('adviser')
  await page.getByRole('link', { name: 'Add a carer' }).click()
  await page.getByLabel('Given names').fill('Oliver')
  await page.getByLabel('Family name').fill('Quillfeather')
  await page.getByLabel('Telephone number').fill('01202 496000')
  await page.getByRole('button', { name: /Create the carer/ }).click()
  await page.waitForURL(`**${record}`)
  await page.getByRole('link', { name: /quillfeather/i }).click()
  await headed(page, /quillfeather/i)
  assert.match(await content(page), /Cares for/)
  await page.goto(record)
})

step('the adviser records a telephone request and refers her to reablement', async () => {
  const page = await desk('adviser')
  await page.getByRole('button', { name: 'Record a request' }).click()
  assert.ok(await page.getByLabel('Telephone', { exact: true }).isChecked())
  await page.getByLabel('A carer').check()
  await page.getByLabel('Who is calling').fill('Oliver, 01202 496000')
  await page.getByRole('textbox', { name: /^What/ }).fill('She has fallen twice and cannot wash by herself.')
  await page.getByLabel('Route of access').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Record request' }).click()
  await headed(page, 'Request for support')
  await refer(page, { why: 'To wash and dress by herself again.' })
  assert.match(await content(page), /Waiting/)
})

/** How long after its acknowledgement a message shows on an open page, in milliseconds. */
async function shownAfter(page, text, message) {
  const shown = page.getByText(text).first().waitFor({ timeout: WAIT_MS + 5_000 }).then(() => performance.now())
  const acknowledgement = await send(Number(process.env.STOUR_E2E_MLLP), message)
  assert.equal(acknowledgement.code, 'AA', acknowledgement.text)
  const waited = Math.max(0, (await shown) - acknowledgement.at)
  assert.ok(waited <= WAIT_MS, `${Math.round(waited)} ms after the acknowledgement`)
  return Math.round(waited)
}

step('a hospital says that she is admitted, and in-reach sees it without asking', async (t) => {
  const page = await desk('in-reach')
  await page.getByRole('link', { name: 'In-reach' }).first().click()
  await headed(page, 'Your people in hospital')
  assert.ok(!(await content(page)).includes(her.nhsNumber), 'she is not there yet')
  const message = adt('A01', { ...stay, at: admitted, ward: FIRST_WARD.code, bed: FIRST_WARD.bed })
  const waited = await shownAfter(page, her.nhsNumber, message)
  t.diagnostic(`in-reach showed her ${waited} ms after the acknowledgement`)
  const row = standing(page, her.nhsNumber)
  assert.match(await row.innerText(), /Acute medical unit/)
})

step('the ward sees the stay with the estimate of the system, and says better', async () => {
  const page = await desk('ward')
  await page.getByRole('link', { name: 'Wards' }).first().click()
  await page.getByRole('link', { name: /Acute medical unit.*Bournemouth/ }).click()
  await headed(page, /^Acute medical unit/)
  await page.getByRole('link', { name: 'In full', exact: true }).click()
  const row = standing(page, her.nhsNumber)
  await row.filter({ hasText: 'System’s estimate' }).waitFor()
  assert.match(await row.innerText(), /Known to community services/)
  await row.getByRole('link', { name: /Change the expected date/ }).click()
  const tomorrow = new Date(now + 24 * 60 * MINUTE)
  const date = page.getByRole('group', { name: 'Expected date of discharge' })
  await date.getByLabel('Day').fill(String(tomorrow.getDate()))
  await date.getByLabel('Month').fill(String(tomorrow.getMonth() + 1))
  await date.getByLabel('Year').fill(String(tomorrow.getFullYear()))
  await page.getByLabel('Their role').fill('ward sister')
  await page.getByRole('button', { name: 'Save' }).click()
  await headed(page, /^Acute medical unit/)
  assert.match(await row.innerText(), /, Tom Baker, ward sister/)
  assert.doesNotMatch(await row.innerText(), /, estimate/)
  await row.getByRole('link', { name: /: expected dates of / }).click()
  await headed(page, /likely to leave hospital/)
  const estimates = page.locator('main tbody tr')
  assert.match(await estimates.first().innerText(), /Shown on the ward[^]*Tom Baker/)
  assert.match(await estimates.last().innerText(), /The system, when first known to be in hospital/)
  await page.goBack()
})

step('she is moved: both wards and in-reach follow', async (t) => {
  const page = await desk('in-reach')
  const at = now - 20 * MINUTE
  const message = adt('A02', { ...stay, at, ward: SECOND_WARD.code, bed: SECOND_WARD.bed })
  const waited = await shownAfter(page, /Older people.s medicine/, message)
  t.diagnostic(`in-reach showed the move ${waited} ms after the acknowledgement`)
  const ward = await desk('ward')
  await ward.reload()
  assert.ok(!(await content(ward)).includes(her.nhsNumber), 'she has left the first ward')
  await ward.goto(`/wards/${TRUST}/${SECOND_WARD.code}`)
  assert.match(await standing(ward, her.nhsNumber).innerText(), /12/)
})

step('the same message sent again changes nothing', async () => {
  const message = adt('A02', { ...stay, at: now - 20 * MINUTE, ward: SECOND_WARD.code, bed: SECOND_WARD.bed })
  for (let times = 0; times < 2; times += 1) {
    assert.equal((await send(Number(process.env.STOUR_E2E_MLLP), message)).code, 'AA')
  }
  const ward = await desk('ward')
  await ward.reload()
  assert.equal(await standing(ward, her.nhsNumber).count(), 1)
})

step('she goes home, and in-reach sees that too', async (t) => {
  const page = await desk('in-reach')
  const message = adt('A03', { ...stay, at: now, ward: SECOND_WARD.code, bed: SECOND_WARD.bed, destination: HOME })
  const waited = await shownAfter(page, 'Usual place of residence', message)
  t.diagnostic(`in-reach showed her at home ${waited} ms after the acknowledgement`)
  const ward = await desk('ward')
  await ward.reload()
  assert.ok(!(await content(ward)).includes(her.nhsNumber), 'nobody is in a bed and at home')
})

step('the examples of the NHS ITK are taken in', async () => {
  if (!hasReferenceData('the examples of the NHS ITK are taken in')) return
  const examples = itkExamples()
  assert.equal(examples.length, 6)
  for (const { name, text } of examples) {
    const answer = await send(Number(process.env.STOUR_E2E_MLLP), text)
    assert.equal(answer.code, 'AA', name)
  }
  const page = await desk('integration')
  await page.getByRole('link', { name: 'Messages' }).first().click()
  await headed(page, 'Hospital messages')
})

step('reablement starts, and ends with an outcome', async () => {
  const page = await desk('reablement')
  await page.getByRole('link', { name: 'Reablement' }).first().click()
  const hers = () => standing(page, her.nhsNumber)
  await hers().getByRole('link', { name: /^Start/ }).click()
  await headed(page, 'Start reablement')
  assert.match(await content(page), /Came home from University Hospitals Dorset/)
  await page.getByRole('button', { name: 'Start reablement' }).click()
  await headed(page, 'Reablement')
  assert.match(await hers().innerText(), /Day 1 of 42/)
  await hers().getByRole('link', { name: /^End/ }).click()
  await page.getByLabel('Independent: no further support needed').check()
  await page.getByRole('button', { name: 'End reablement' }).click()
  await headed(page, 'Reablement')
  assert.equal(await hers().count(), 0)
})

step('her record tells all of it, with the source of each', async () => {
  const page = await desk('adviser')
  await page.goto(record)
  const text = await content(page)
  for (const told of [
    /Request/,
    /Hospital spell/,
    /Service/,
    /Independent: no further support needed/,
    /Usual place of residence/,
    /Hospital message from University Hospitals Dorset/,
    /quillfeather/i,
  ]) {
    assert.match(text, told)
  }
})

/** A series of our own, where no publisher's is at hand. */
function importOwnSeries() {
  const folder = mkdtempSync(join(tmpdir(), 'stour-series-'))
  const lines = ['nhs_trust22_code,date,do_not_meet_criteria_to_reside']
  for (let day = 1; day <= 28; day += 1) lines.push(`R0D,2025-02-${String(day).padStart(2, '0')},${300 + ((day * 37) % 23)}`)
  const file = join(folder, 'own.csv')
  writeFileSync(file, `${lines.join('\n')}\n`)
  const words = ['import', 'series', file, '--measure', 'no-criteria-to-reside', '--area', 'nhs_trust22_code']
  words.push('--date', 'date', '--value', 'do_not_meet_criteria_to_reside', '--data', process.env.STOUR_E2E_DATA)
  execFileSync(binary(), words)
}

step('a chief officer reads the published series as XmR charts', async () => {
  const published = hasReferenceData('a chief officer reads the three published series')
  if (!published) importOwnSeries()
  const page = await desk('chief-officer')
  await page.getByRole('link', { name: 'Board' }).first().click()
  const expected = published ? ['University Hospitals Dorset', 'Dorset County Hospital', 'NHS Dorset'] : ['University Hospitals Dorset']
  for (const area of expected) {
    await page.goto('/board')
    const daily = page.getByRole('link', { name: 'Patients who no longer meet the criteria to reside', exact: true })
    const row = page.locator('main tr').filter({ has: daily }).filter({ hasText: area })
    await row.getByRole('link').click()
    await headed(page, new RegExp(`^${area}`))
    await page.waitForLoadState()
    const chart = page.getByRole('img', { name: /criteria to reside/ })
    await chart.waitFor()
    assert.notEqual(await chart.locator('desc').textContent(), '')
    const text = await content(page)
    for (const told of ['Upper limit', 'Lower limit', 'Mean', 'Data as a table']) assert.ok(text.includes(told), `${area}: ${told}`)
    if (published) assert.match(text, /Missing returns/)
  }
})

step('delays are one series across the councils, divided by reason and set beside England', async () => {
  if (!hasReferenceData('delays are one series across the councils')) return
  const page = await desk('chief-officer')
  await page.goto('/board/series/delayed-days')
  await page.getByRole('link', { name: 'Bournemouth, Poole and Dorset together' }).click()
  await headed(page, /^Bournemouth, Poole and Dorset together/)
  for (const told of ['Where it is joined', 'May 2019', 'Beside other areas', 'England']) assert.ok((await content(page)).includes(told), told)
  await page.goto('/board/series/delayed-days/E10000009')
  await page.getByRole('img', { name: /organisation responsible/ }).waitFor()
  await page.getByText('Every month by reason').click()
  await page.getByRole('columnheader', { name: 'Disputes' }).waitFor()
  assert.match(await content(page), /The parts add up to the total in all 97 months/)
})

step('a chief officer notes beside a series what happened', async () => {
  const page = await desk('chief-officer')
  await page.goto('/board/series/no-criteria-to-reside/R0D')
  await page.getByRole('link', { name: 'Add a note' }).click()
  await page.getByRole('button', { name: 'Record it' }).click()
  await page.getByRole('alert').waitFor()
  await page.getByLabel('Something that was done or happened').check()
  await page.getByLabel('Day').fill('10')
  await page.getByLabel('Month').fill('2')
  await page.getByLabel('Year').fill('2025')
  await page.getByLabel('Why, or what happened?').fill('Home first began')
  await page.getByRole('button', { name: 'Record it' }).click()
  await headed(page, /^University Hospitals Dorset/)
  assert.match(await content(page), /Home first began/)
})

/** Opens an indicator from the board, then one of its months or quarters from a table. */
async function period(page, name) {
  await page.goto('/board')
  await page.getByRole('link', { name }).first().click()
  await headed(page, name)
  // Tables under charts are folded.
  await page.evaluate(() => document.querySelectorAll('main details').forEach((folded) => { folded.open = true }))
  await page.locator('main table a[href*="?period=2"]').last().click()
  await headed(page, name)
  assert.match(page.url(), /period=\d{4}-\d{2}/)
}

/** How many a page says that there are in all. */
async function inAll(page) {
  const tile = page.locator('main .stour-board li').filter({ hasText: 'in all' })
  return Number((await tile.locator('.stour-board__number').innerText()).replaceAll(/\D.*$/g, ''))
}

/** Where the row of the total in an indicator's CSV leads. */
async function linkOfTotal(page) {
  const href = await page.getByRole('link', { name: 'CSV', exact: true }).getAttribute('href')
  const file = await (await page.request.get(href)).text()
  const total = file.split('\r\n').find((line) => line.startsWith('total'))
  return new URL(total.split(',').at(-1)).pathname + new URL(total.split(',').at(-1)).search
}

step('a chief officer sees how many, and nobody by name', async () => {
  const page = await desk('chief-officer')
  const leaving = /leave hospital at the weekend/
  await page.goto('/board/indicators/weekend-discharges')
  await headed(page, leaving)
  assert.match(await content(page), /hospital stays in all/)
  await period(page, leaving)
  assert.equal(await page.locator('main a[href*="/people"]').count(), 0)
  assert.doesNotMatch(await linkOfTotal(page), /people/)
  const refused = await page.goto('/board/indicators/weekend-discharges/people?period=latest&part=denominator')
  assert.equal(refused.status(), 403)
  await page.goto('/board/indicators/still-at-home')
  await headed(page, /^Still at home/)
  await page.goto('/board/places')
  await page.getByRole('link', { name: 'Poole Bay' }).first().click()
  await headed(page, /^Poole Bay: [\d,]+ people/)
})

step('a chief officer writes what the figures mean, and an action that comes to an end', async () => {
  const page = await desk('chief-officer')
  await page.goto('/board/indicators/weekend-discharges')
  await page.getByRole('link', { name: 'Write what the figures mean' }).click()
  await page.getByLabel('What do the figures mean?').fill('Fewer leave at the weekend where no transport runs.')
  await page.getByRole('button', { name: 'Record it' }).click()
  await page.getByText('Fewer leave at the weekend where no transport runs.').first().waitFor()
  await page.getByRole('link', { name: 'Add an action' }).click()
  await page.getByLabel('What is to be done?').fill('Try transport on Saturdays')
  await page.getByLabel('Who is to do it?').fill('Transfer hub')
  for (const [part, value] of [['Day', '1'], ['Month', '2'], ['Year', '2030']]) await page.getByLabel(part, { exact: true }).fill(value)
  await page.getByRole('button', { name: 'Add it' }).click()
  await page.getByRole('link', { name: /Say what came of it/ }).click()
  await page.getByLabel('It was done').check()
  await page.getByLabel('What came of it, or why not?').fill('Two hospitals have it')
  await page.getByRole('button', { name: 'Record it' }).click()
  await page.getByText(/Done: Two hospitals have it/).first().waitFor()
})

step('a service manager opens the number down to the people', async () => {
  const page = await desk('service-manager')
  await period(page, /leave hospital at the weekend/)
  const stays = await inAll(page)
  const fromFile = await linkOfTotal(page)
  await page.locator('main .stour-board a').last().click()
  await headed(page, /^People behind/)
  assert.match(await content(page), new RegExp(`${stays} hospital stays?`))
  assert.ok((await page.locator('main tbody tr').count()) > 0, 'somebody is behind the number')
  const opened = new URL(page.url())
  assert.equal(fromFile, opened.pathname + opened.search, 'the file leads where the page does')
  await page.goto('/board')
  await page.getByRole('link', { name: /Still at home/ }).click()
  await page.locator('main .stour-board a').last().click()
  await headed(page, /^People behind/)
  assert.ok((await page.locator('main tbody tr').count()) > 0, 'somebody is behind the number')
})

step('governance sees who has looked at her record', async () => {
  const page = await desk('governance')
  await page.getByRole('link', { name: 'Who has looked' }).first().click()
  await page.getByLabel('NHS number of the person').fill(her.nhsNumber)
  await page.getByRole('button', { name: 'Show who has looked' }).click()
  await page.waitForURL(`**${record}/who-has-looked`)
  const text = await content(page)
  for (const name of ['Asha Patel', 'Grace Okafor', 'Tom Baker', 'Rob Miller']) assert.ok(text.includes(name), name)
})

step('she reads her own record and who has looked at it', async () => {
  const page = await desk('resident')
  await page.getByRole('link', { name: 'My record' }).first().click()
  await headed(page, 'My record')
  assert.match(await content(page), /Independent: no further support needed/)
  await page.getByRole('link', { name: /who has looked at my record/ }).click()
  await headed(page, 'Who has looked at my record')
  assert.ok((await content(page)).includes('Asha Patel'))
  await page.getByRole('link', { name: 'What you asked for' }).first().click()
  await headed(page, 'What you asked for')
  assert.match(await content(page), /She has fallen twice and cannot wash by herself\./)
})

step('nothing went wrong on any page along the way', async () => {
  // One page was asked for on purpose by somebody who may not see it.
  assert.deepEqual(faults(), [])
})
