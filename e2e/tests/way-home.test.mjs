// One person from the emergency department through two wards and the hub's daily meeting to her home, with support there. The
// in-reach team and the chief officer look on all the while: the one sees where she is, the other counts and no names.

import assert from 'node:assert/strict'

import { axe, reflow } from '../harness/audit.mjs'
import { adt, send } from '../harness/mllp.mjs'
import { go, headed, standing, until } from '../harness/people.mjs'
import { story } from '../harness/story.mjs'
import { picture, thread } from '../harness/thread.mjs'
import { assessmentNotice, decidePathway, dischargeNotice, fillDate, refer, review } from '../harness/work.mjs'

const TRUST = 'R0D'
const EMERGENCY = { ward: 'BED', bed: '' }
// HL7 table 0430.
const AMBULANCE = 'A'
const FIRST = { ward: 'BAMU', bed: '9', name: /Acute medical unit/ }
const SECOND = { ward: 'BELD', bed: '4', name: /Older people.s medicine/ }
const HOME = '19'
const DAY_MS = 86_400_000
const PATIENCE_MS = 15_000

// Made up; the number is of the range that is never given to anyone, the address in the partnership.
const her = {
  given: 'Wilhelmina',
  family: 'Thistlewood',
  nhsNumber: '999 412 3459',
  born: '1938-05-14',
  street: '12 Test Street',
  town: 'Bournemouth',
  postcode: story().postcode,
}
const LISTED = 'THISTLEWOOD, Wilhelmina'
const SPOKEN = 'Wilhelmina Thistlewood'
const REASON = 'Home based rehabilitation, reablement or recovery service arrangements still underway'
const ACTION = 'Bring the walking frame to her flat'

/** The day so many days ago in London. */
const daysAgo = (days) => new Date(Date.now() - days * DAY_MS)
/** As pages write a day. */
const written = (date) => date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/London' })
/** An hour of that day; noon is on it, whatever the clocks do. */
const hour = (days, after) => new Date(`${daysAgo(days).toISOString().slice(0, 10)}T12:00Z`).getTime() + after * 3_600_000

const visit = `HOME-${Date.now()}`
const admitted = hour(4, 2)
const stay = { admitted, patient: her, trust: TRUST, visit }

const { desk, step, faults } = thread('way home')
const content = (page) => page.locator('main').innerText()
const rows = (page) => page.locator('main tr').filter({ hasText: LISTED })
const hers = (page) => standing(page, LISTED)
const told = (page, what) => rows(page).filter({ hasText: what }).first().waitFor({ timeout: PATIENCE_MS })
const reads = (text) => text.replaceAll(/\s+/g, ' ')
let record
let leaving
let before
let nights

async function tell(trigger, more) {
  const acknowledgement = await send(Number(process.env.STOUR_E2E_MLLP), adt(trigger, { ...stay, ...more }))
  assert.equal(acknowledgement.code, 'AA', acknowledgement.text)
}

/** Waits until her row says so, on a page that follows what happens by itself. */
async function saysOfHer(page, text) {
  await hers(page).filter({ hasText: text }).first().waitFor({ timeout: PATIENCE_MS })
}

/** The page as it is can be read by everybody, and is pictured for those who ask. */
async function looksRight(page, name) {
  await page.waitForLoadState()
  assert.deepEqual([...(await axe(page)), ...(await reflow(page))], [], name)
  await picture(page, name)
}

async function onWard(page, ward) {
  await go(page, 'Wards', 'Wards')
  await page.locator('main').getByRole('link', { name: new RegExp(`${ward.name.source}.*Bournemouth`) }).click()
  await headed(page, ward.name)
}

/** The board of a ward, with all that is known of everybody. */
async function inFull(page) {
  await page.getByRole('link', { name: 'In full', exact: true }).click()
  await page.locator('nav a[aria-current]', { hasText: 'In full' }).waitFor()
}

/** Does something from her row of the ward's board, and comes back to it. */
async function fromBoard(page, ward, link, work) {
  await onWard(page, ward)
  await hers(page).getByRole('link', { name: link }).click()
  await page.waitForLoadState()
  await work()
}

step('an adviser makes a record, takes down what is asked and refers her to reablement', async () => {
  const page = await desk('adviser')
  await go(page, 'People', 'Find a person')
  await page.getByLabel('Name, date of birth, postcode or NHS number').fill(`${her.given} ${her.family}`)
  await page.getByRole('button', { name: 'Search' }).click()
  await page.getByRole('link', { name: 'create a new record' }).click()
  await page.getByLabel('Given names').fill(her.given)
  await page.getByLabel('Family name').fill(her.family)
  await fillDate(page.getByRole('group', { name: 'Date of birth' }), new Date(`${her.born}T12:00Z`))
  await page.getByLabel('NHS number').fill(her.nhsNumber)
  await page.getByLabel('Address line 1').fill(her.street)
  await page.getByLabel('Town').fill(her.town)
  await page.getByLabel('Postcode').fill(her.postcode)
  await page.getByRole('button', { name: 'Create record' }).click()
  await headed(page, LISTED)
  record = new URL(page.url()).pathname
  await page.getByRole('button', { name: 'Record a request' }).click()
  await page.getByLabel('The person', { exact: true }).check()
  await page.getByRole('textbox', { name: /^What/ }).fill('I get about less and less, and cannot cook any more.')
  await page.getByLabel('Route of access').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Record request' }).click()
  await headed(page, 'Request for support')
  await refer(page, { why: 'To cook for herself again.' })
})

/** People in hospital, people who are ready and still there, and nights lost yesterday, as the page of pressure has them of the trust. */
async function pressure(page) {
  await go(page, 'Pressure', 'Pressure and escalation')
  const of = async (measure) => {
    const row = page.locator(`#trust-${TRUST} tr`).filter({ hasText: measure }).first()
    return (await row.locator('td').first().innerText()).trim()
  }
  return {
    inside: await of('People in hospital'),
    ready: await of('People ready to leave and still there'),
    lost: await of('Nights lost yesterday'),
  }
}

const number = (text) => Number.parseInt(text, 10)
const isSmall = (count) => count >= 1 && count <= 7

/**
 * The hub, which sees who they are, reads so many more than before; the chief officer reads the same, but no number of people
 * from 1 to 7, nor one from which such a number could be worked out.
 */
async function pressed(more) {
  const hub = await pressure(await desk('transfer-hub'))
  const chief = await pressure(await desk('chief-officer'))
  for (const [measure, by] of Object.entries(more)) assert.equal(number(hub[measure]), number(before[measure]) + by, measure)
  const [inside, ready, lost] = [hub.inside, hub.ready, hub.lost].map(number)
  const hides = { inside: isSmall(inside), ready: [ready, inside, inside - ready].some(isSmall), lost: isSmall(lost) }
  for (const [measure, hidden] of Object.entries(hides)) assert.equal(chief[measure], hidden ? 'Not shown' : hub[measure], measure)
}

/** How many nights were lost in 28 days for the reason why she waits, as the hub counts them at her hospital. */
async function nightsLost() {
  const page = await desk('transfer-hub')
  await go(page, 'Wards', 'Wards')
  await page.getByRole('link', { name: 'What people who are ready to leave wait for' }).click()
  await headed(page, 'What people who are ready to leave wait for')
  const table = page.locator('table').filter({ hasText: 'University Hospitals Dorset' })
  const row = table.locator('tr').filter({ hasText: REASON })
  return (await row.count()) === 0 ? 0 : number(await row.locator('td').last().innerText())
}

step('before anything happens the in-reach team does not see her, and the chief officer sees numbers', async () => {
  const team = await desk('in-reach')
  await go(team, 'In-reach', 'Your people in hospital')
  assert.equal(await hers(team).count(), 0)
  before = await pressure(await desk('transfer-hub'))
  nights = await nightsLost()
  await pressed({ inside: 0, ready: 0, lost: 0 })
  await looksRight(await desk('chief-officer'), '01-pressure')
})

step('the ambulance brings her to the emergency department, which is on her record', async () => {
  await tell('A04', { at: hour(4, 0), admitted: hour(4, 0), visit: `${visit}-ED`, arrived: AMBULANCE, ...EMERGENCY })
  const page = await desk('adviser')
  await go(page, 'People', 'Find a person')
  await page.getByLabel('Name, date of birth, postcode or NHS number').fill(her.nhsNumber)
  await page.getByRole('button', { name: 'Search' }).click()
  await hers(page).getByRole('link').first().click()
  await headed(page, LISTED)
  const attended = page.locator('main tr').filter({ hasText: 'Attendance: By ambulance' })
  await until(page, async () => (await attended.count()) === 1)
  assert.match(reads(await attended.innerText()), new RegExp(`${written(daysAgo(4))}.*University Hospitals Dorset`))
})

step('she is admitted: the in-reach team sees it at once, and the board says when she is expected home', async () => {
  await tell('A01', { at: admitted, arrived: AMBULANCE, ...FIRST })
  const team = await desk('in-reach')
  await saysOfHer(team, 'Acute medical unit')
  await told(team, 'Came into hospital')
  const row = reads(await hers(team).innerText())
  for (const said of [/bed 9/, /4 days/, /System’s estimate/, /Referred to reablement/]) assert.match(row, said)
  const ward = await desk('ward')
  await onWard(ward, FIRST)
  await saysOfHer(ward, ', estimate')
  await inFull(ward)
  await saysOfHer(ward, 'System’s estimate')
  assert.match(reads(await hers(ward).innerText()), /Known to community services/)
  await looksRight(team, '02-in-reach')
  await hers(team).getByRole('link').first().click()
  await headed(team, LISTED)
  assert.match(reads(await content(team)), /Came to hospital By ambulance/)
  await team.goBack()
  await headed(team, 'Your people in hospital')
})

step('she is moved: the in-reach team follows, and the beds stand in order', async () => {
  const list = await desk('ward')
  await go(list, 'Wards', 'Wards')
  const to = list.locator('main').getByRole('link', { name: new RegExp(`${FIRST.name.source}.*Bournemouth`) })
  // Unlike a look at where it stands, this finds the link again when the list changes meanwhile.
  await to.hover()
  await list.mouse.down()
  await tell('A02', { at: hour(3, 0), ...SECOND })
  // As long as the list takes to follow: the change must not take away the click that has begun.
  await list.waitForTimeout(1_200)
  await list.mouse.up()
  await headed(list, FIRST.name)
  await saysOfHer(await desk('in-reach'), 'Older people')
  const ward = await desk('ward')
  await until(ward, async () => (await hers(ward).count()) === 0)
  await onWard(ward, SECOND)
  assert.equal(await hers(ward).count(), 1)
  const beds = await ward.locator('main tbody th').allInnerTexts()
  const numbers = beds.map((bed) => Number.parseInt(bed.replace(/^\D*/, ''), 10))
  assert.deepEqual(numbers, numbers.toSorted((one, other) => one - other), beds.join(' | '))
})

async function reviewed(page, days, found) {
  await fromBoard(page, SECOND, /: review of /, async () => {
    await headed(page, 'Does the person still need an acute hospital?')
    await review(page, daysAgo(days), found)
    await headed(page, SECOND.name)
  })
}

step('the ward reviews her: a criterion is met, and a scan is waited for', async () => {
  const page = await desk('ward')
  await reviewed(page, 3, { meets: 'Needs fluids into a vein', next: 'Bloods in the morning, ward doctor' })
  const row = reads(await hers(page).innerText())
  assert.match(row, /Needs an acute hospital: Needs fluids into a vein/)
  assert.match(row, /Not reviewed today/)
  await fromBoard(page, SECOND, /: waits of /, async () => {
    await page.getByLabel('What kind of thing').selectOption('scan')
    await page.getByLabel('What the person waits for').fill('X-ray of the hip')
    await page.getByLabel('Who does it next').fill('Radiology')
    await page.getByRole('button', { name: 'Add' }).click()
    await page.getByRole('link', { name: /^It came, or is not needed/ }).waitFor()
    await looksRight(page, '03-waits')
  })
  await onWard(page, SECOND)
  assert.match(reads(await hers(page).innerText()), /X-ray of the hip/)
  await looksRight(page, '04-ward')
  await inFull(page)
  assert.match(reads(await hers(page).innerText()), /Needs an acute hospital Needs fluids into a vein/)
  await looksRight(page, '04-ward-in-full')
})

step('the scan comes, and that makes the day green', async () => {
  const page = await desk('ward')
  await fromBoard(page, SECOND, /: waits of /, async () => {
    await page.getByRole('link', { name: /^It came, or is not needed/ }).click()
    await headed(page, 'Is it still waited for?')
    await page.getByLabel('It came', { exact: true }).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await headed(page, 'What the person waits for')
    assert.match(reads(await content(page)), /X-ray of the hip Came after/)
  })
  await fromBoard(page, SECOND, /: day of /, async () => {
    await page.getByLabel('Green', { exact: true }).check()
    await page.getByLabel('What brought the person nearer to going home').fill('The X-ray shows no break: she may walk.')
    await page.getByRole('button', { name: 'Save' }).click()
    await headed(page, SECOND.name)
  })
  const row = reads(await hers(page).innerText())
  assert.match(row, /Green/)
  assert.doesNotMatch(row, /X-ray of the hip/)
})

step('a named clinician says another date, which the in-reach team sees', async () => {
  const page = await desk('ward')
  await fromBoard(page, SECOND, /: expected dates of /, async () => {
    await page.getByRole('link', { name: 'Say when the person is expected to go home' }).click()
    await fillDate(page.getByRole('group', { name: 'Expected date of discharge' }), daysAgo(0))
    await page.getByLabel('Their role').fill('ward sister')
    await page.getByRole('button', { name: 'Save' }).click()
    await headed(page, SECOND.name)
  })
  assert.match(reads(await hers(page).innerText()), new RegExp(`${daysAgo(0).getDate()} \\w+, Tom Baker, ward sister`))
  await inFull(page)
  assert.match(reads(await hers(page).innerText()), new RegExp(`${written(daysAgo(0))} by Tom Baker, ward sister`))
  await saysOfHer(await desk('in-reach'), 'by Tom Baker, ward sister')
})

step('the next review finds no criterion: the day since which she is ready follows from it', async () => {
  const page = await desk('ward')
  const next = 'The transfer hub asks for reablement'
  await reviewed(page, 2, { reason: REASON, next })
  await reviewed(page, 0, { reason: REASON, next })
  await inFull(page)
  const row = reads(await hers(page).innerText())
  assert.match(row, new RegExp(`Ready since ${written(daysAgo(2))}.*Pathway 1`))
  assert.doesNotMatch(row, /Not reviewed today/)
  await fromBoard(page, SECOND, /: review of /, async () => {
    await headed(page, 'Does the person still need an acute hospital?')
    assert.match(reads(await content(page)), new RegExp(`Discharge ready date: ${written(daysAgo(2))}\\. Nights in hospital since: 2\\.`))
    await looksRight(page, '05-review')
  })
})

step('her days of delay are counted by reason, and the chief officer sees more pressure and no names', async () => {
  assert.equal(await nightsLost(), nights + 2)
  await pressed({ inside: 1, ready: 1, lost: 1 })
  const text = await content(await desk('chief-officer'))
  assert.ok(!text.toLowerCase().includes(her.family.toLowerCase()))
})

step('the ward sends an assessment notice', async () => {
  const page = await desk('ward')
  await fromBoard(page, SECOND, /: leaving of /, async () => {
    await headed(page, 'Leaving hospital')
    leaving = new URL(page.url()).pathname
    await assessmentNotice(page, 'Cannot stand up or wash without help.')
    assert.match(reads(await content(page)), /Assessment notice to Bournemouth, Christchurch and Poole Council/)
  })
  const hub = await desk('transfer-hub')
  await go(hub, 'Leaving hospital', 'Leaving hospital')
  assert.match(reads(await hers(hub).innerText()), /An answer to the assessment notice/)
  await looksRight(hub, '06-hub')
})

/** The council accepts the notice about her that waits for an answer. */
async function accept(page) {
  await go(page, 'Leaving hospital', 'Leaving hospital')
  await hers(page).getByRole('link', { name: /^Answer/ }).click()
  await headed(page, 'Answer a notice')
  await page.getByLabel('Accept it').check()
  await page.getByRole('button', { name: 'Send the answer' }).click()
  await headed(page, 'Leaving hospital')
}

step('the council accepts it, and the hub sees who is next', async () => {
  await accept(await desk('adviser'))
  const hub = await desk('transfer-hub')
  await saysOfHer(hub, 'A discharge notice: the council is asked, and no day is told')
})

/** Ends a meeting that somebody left open. */
async function endMeetings(page) {
  await go(page, 'Daily meeting', 'Daily meeting')
  const open = page.getByRole('link', { name: /^Join the meeting/ })
  while ((await open.count()) > 0) {
    await open.first().click()
    await headed(page, 'Meeting that goes on')
    await page.getByRole('button', { name: 'Close the meeting' }).click()
    await headed(page, 'Minutes of the daily meeting')
    await go(page, 'Daily meeting', 'Daily meeting')
  }
}

step('the hub meets about her and asks the in-reach team to do something', async () => {
  const hub = await desk('transfer-hub')
  await endMeetings(hub)
  assert.match(reads(await hers(hub).innerText()), new RegExp(`2 days Ready to leave since ${written(daysAgo(2))}`))
  await hub.getByRole('button', { name: 'Start the meeting' }).click()
  await headed(hub, 'Meeting that goes on')
  await hub.getByRole('link', { name: `Talk about ${SPOKEN}` }).click()
  await headed(hub, LISTED)
  await hub.getByLabel('What is said').fill('Reablement can begin today if she has her frame.')
  await hub.getByLabel('What is to be done').fill(ACTION)
  await hub.getByLabel('Who does it').fill('Grace Okafor')
  await hub.getByLabel('Of which organisation').selectOption('RDY')
  await hub.getByRole('button', { name: 'Save and stay here' }).click()
  await hub.getByRole('link', { name: ACTION }).waitFor()
  await looksRight(hub, '07-meeting-turn')
  const team = await (await desk('in-reach')).context().newPage()
  await team.goto('/hub/actions')
  const row = team.locator('main tr').filter({ hasText: ACTION })
  assert.match(reads(await row.innerText()), /THISTLEWOOD, Wilhelmina.*Grace Okafor/)
  await team.close()
})

step('a team decides the pathway', async () => {
  const hub = await desk('transfer-hub')
  await go(hub, 'Leaving hospital', 'Leaving hospital')
  await hers(hub).getByRole('link', { name: /^Open/ }).click()
  await decidePathway(hub, 'Cannot stand up without help.')
  assert.match(reads(await content(hub)), /Decided: Pathway 1/)
  await looksRight(hub, '08-leaving')
})

let place
let slot
step('the hub holds a place for her and books it', async () => {
  const hub = await desk('transfer-hub')
  await fromBoard(hub, SECOND, /: leaving of /, async () => {
    await hub.getByRole('link', { name: /^Hold a place/ }).click()
  })
  await headed(hub, 'Places to go on to')
  assert.match(reads(await content(hub)), /The ward’s latest review says: Pathway 1/)
  await picture(hub, '09-places')
  const today = daysAgo(0).toLocaleDateString('en-CA', { timeZone: 'Europe/London' })
  const hold = hub.locator(`main a[href*="/services/home-first/"][href*="/days/${today}/hold"]`).first()
  slot = (await hold.getAttribute('href')).replace(/\/hold.*/, '')
  await hold.click()
  await headed(hub, 'Hold a place')
  await hub.getByRole('button', { name: 'Hold the place' }).click()
  await headed(hub, 'A place to go on to')
  await hub.getByRole('button', { name: 'Book the place' }).click()
  await hub.getByText('Booked', { exact: true }).first().waitFor()
  place = new URL(hub.url()).pathname
  await looksRight(hub, '10-place')
})

step('the in-reach team does what was asked, and the next meeting does not ask again', async () => {
  const team = await (await desk('in-reach')).context().newPage()
  await team.goto('/')
  await go(team, 'Actions', 'What meetings have asked for')
  await team.getByRole('link', { name: ACTION }).click()
  await team.getByLabel('What was done, or why it will not be').fill('The frame stands in her hall.')
  await team.getByRole('button', { name: 'Mark as done' }).click()
  await team.getByText('Done', { exact: true }).first().waitFor()
  await team.close()
  const hub = await desk('transfer-hub')
  await endMeetings(hub)
})

step('the hub tells the council the day, and the council knows', async () => {
  const hub = await desk('transfer-hub')
  await go(hub, 'Leaving hospital', 'Leaving hospital')
  await hers(hub).getByRole('link', { name: /^Open/ }).click()
  await dischargeNotice(hub, daysAgo(0))
  await accept(await desk('adviser'))
  await go(hub, 'Leaving hospital', 'Leaving hospital')
  assert.match(reads(await hers(hub).innerText()), new RegExp(`Leaving on ${written(daysAgo(0))}`))
})

step('she goes home: her bed is free, the hub has nobody to wait for, and the in-reach team sees her at home', async () => {
  await tell('A03', { at: Date.now(), destination: HOME, ...SECOND })
  const team = await desk('in-reach')
  await saysOfHer(team, 'Usual place of residence')
  const hub = await desk('transfer-hub')
  await hers(hub).first().waitFor({ state: 'detached', timeout: PATIENCE_MS })
  const ward = await desk('ward')
  await onWard(ward, SECOND)
  assert.equal(await hers(ward).count(), 0)
  await looksRight(team, '11-home')
})

step('the provider says that she has come, and reablement begins', async () => {
  const page = await desk('reablement')
  await go(page, 'Places', 'Places to go on to')
  await page.locator(`main a[href="${slot}"]`).click()
  await hers(page).getByRole('link', { name: /^Open/ }).click()
  await page.waitForURL(`**${place}`)
  await page.getByRole('button', { name: 'Save the first day' }).click()
  await page.getByText('Started', { exact: true }).first().waitFor()
  await go(page, 'Reablement', 'Reablement')
  await hers(page).getByRole('link', { name: /^Start/ }).click()
  await headed(page, 'Start reablement')
  assert.match(await content(page), /Came home from University Hospitals Dorset/)
  await page.getByRole('button', { name: 'Start reablement' }).click()
  await headed(page, 'Reablement')
  assert.match(reads(await hers(page).innerText()), /Day 1 of 42.*After a stay in hospital/)
  await saysOfHer(await desk('in-reach'), `Reablement since ${written(daysAgo(0))}`)
  await looksRight(page, '12-reablement')
})

step('the pressure is as before but for the nights that she waited, and the chief officer may not see her', async () => {
  await pressed({ inside: 0, ready: 0, lost: 1 })
  assert.equal(await nightsLost(), nights + 2)
  const page = await desk('chief-officer')
  // The scorecard is of whole months: her stay comes in when its month has passed.
  for (const indicator of ['discharge-delay', 'non-elective-length-of-stay', 'days-without-criteria-to-reside']) {
    const answer = await page.goto(`/board/indicators/${indicator}`)
    assert.equal(answer.status(), 200, indicator)
    assert.match(await content(page), /You see counts|too few people|Too few/i, indicator)
    assert.equal(await page.locator('main a[href*="/people"]').count(), 0, indicator)
  }
  for (const refused of [record, leaving, place, `/wards/${TRUST}/${SECOND.ward}`, '/in-reach', '/hub', '/hub/meeting']) {
    const answer = await page.goto(refused)
    assert.ok([403, 404].includes(answer.status()), `${answer.status()} from ${refused}`)
    const text = await page.locator('body').innerText()
    for (const betrays of [her.family, her.family.toUpperCase(), her.nhsNumber]) assert.ok(!text.includes(betrays), `${refused} names her`)
  }
})

/** Every row of who has looked at her record. */
async function looks(page) {
  const rows = []
  const earlier = page.getByRole('link', { name: 'Earlier', exact: true })
  for (;;) {
    rows.push(...(await page.locator('main tbody tr').allInnerTexts()).map(reads))
    if ((await earlier.count()) === 0) return rows
    await earlier.click()
    await page.waitForLoadState()
  }
}

step('everybody who has looked at her is written down', async () => {
  const page = await desk('governance')
  await go(page, 'Who has looked', 'Who has looked at a record')
  await page.getByLabel('NHS number of the person').fill(her.nhsNumber)
  await page.getByRole('button', { name: 'Show who has looked' }).click()
  await headed(page, 'Who has looked at this record')
  await looksRight(page, '13-looks')
  const rows = await looks(page)
  const did = (who, what) => assert.ok(rows.some((row) => row.includes(who) && row.includes(what)), `${who}: ${what}`)
  did('Asha Patel', 'Opened the record')
  did('Asha Patel', 'Made a referral')
  did('Asha Patel', 'Answered a notice from a hospital about the person')
  did('Grace Okafor', 'Saw the person on the in-reach page')
  did('Grace Okafor', 'Said what came of something')
  did('Tom Baker', 'Saw the person on a ward page')
  did('Tom Baker', 'Worked on when and how the person leaves hospital')
  did('Elena Rossi', 'Took down what the transfer hub')
  did('Elena Rossi', 'Held, booked or released a place in a service')
  did('Rob Miller', 'Started a service')
  const chief = rows.filter((row) => row.includes('Priya Nair'))
  assert.ok(chief.length > 0, 'that she tried is written down')
  assert.ok(chief.every((row) => row.includes('Was refused')), chief.join('\n'))
})

step('nothing went wrong on any page along the way', async () => {
  assert.deepEqual(faults(), [])
})
