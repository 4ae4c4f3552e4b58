// What somebody does at a desk, so that other pages have something to show.

/** Makes a record and leaves its page open. */
export async function createPerson(page, { given, family }) {
  await page.goto('/people/new')
  await page.getByLabel('Given names').fill(given)
  await page.getByLabel('Family name').fill(family)
  await page.getByRole('button', { name: 'Create record' }).click()
  await page.getByRole('button', { name: 'Record a request' }).waitFor()
}

/** From a person's record: records a request and leaves its page open. */
export async function recordRequest(page, { words, asker = 'The person' }) {
  await page.getByRole('button', { name: 'Record a request' }).click()
  await page.getByLabel(asker).check()
  await page.getByRole('textbox', { name: /^What/ }).fill(words)
  await page.getByLabel('Route of access').selectOption({ index: 1 })
  await page.getByRole('button', { name: 'Record request' }).click()
  await page.getByRole('heading', { name: 'Request for support', level: 1 }).waitFor()
}

/** From a request: refers to reablement and leaves the request's page open. */
export async function refer(page, { why }) {
  await page.getByRole('button', { name: 'Refer to reablement' }).click()
  await page.getByLabel(/^Why/).fill(why)
  await page.getByLabel('Within 2 days').check()
  await page.getByRole('button', { name: 'Refer to reablement' }).click()
  await page.getByRole('heading', { name: 'Request for support', level: 1 }).waitFor()
}

/** From anywhere: starts the reablement of somebody who waits for it, today. */
export async function startReablement(page, family) {
  await page.goto('/reablement')
  await page.locator('main tr').filter({ hasText: new RegExp(family, 'i') }).getByRole('link', { name: /^Start/ }).click()
  await page.getByRole('button', { name: 'Start reablement' }).click()
  await page.getByRole('heading', { name: 'Reablement', level: 1, exact: true }).waitFor()
}

/** As whoever sees the ward, once they are on it: where the page about the leaving of somebody of this name is. */
export async function leaving(page, ward, family) {
  const link = page.locator('main tr').filter({ hasText: family.toUpperCase() }).getByRole('link', { name: /: leaving of / })
  await page.goto(ward)
  await link.waitFor()
  return link.getAttribute('href')
}

/**
 * As the transfer hub: asks the council of the partnership's conurbation to assess somebody who is in hospital. Leaves the
 * person's page open.
 */
export async function sendAssessmentNotice(page, stay) {
  await page.goto(stay)
  await assessmentNotice(page, 'Cannot wash or dress without help.')
}

/** From the page about somebody's leaving: the assessment notice. */
export async function assessmentNotice(page, needs) {
  await page.getByRole('button', { name: 'Send an assessment notice' }).click()
  await page.getByLabel('Which council').selectOption({ label: 'Bournemouth, Christchurch and Poole Council' })
  await page.getByLabel('What the person needs help with').fill(needs)
  await page.getByRole('group', { name: 'Was the person consulted?' }).getByLabel('Yes').check()
  await page.getByRole('group', { name: 'Was the carer consulted?' }).getByLabel('No carer is known').check()
  await page.getByRole('group', { name: 'Does the person agree to this notice?' }).getByLabel('Yes').check()
  await page.getByLabel('Considered: it will not be provided').check()
  await contact(page)
}

/** From the page about somebody's leaving: the discharge notice, for a day. */
export async function dischargeNotice(page, day) {
  await page.getByRole('button', { name: 'Send a discharge notice' }).click()
  await fillDate(page.getByRole('group', { name: 'When the person is to leave' }), day)
  await page.getByRole('group', { name: 'Was the person told this day?' }).getByLabel('Yes').check()
  await page.getByRole('group', { name: 'Was the carer told this day?' }).getByLabel('No').check()
  await contact(page)
}

/** Fills in a day. */
export async function fillDate(group, day) {
  await group.getByLabel('Day').fill(String(day.getDate()))
  await group.getByLabel('Month').fill(String(day.getMonth() + 1))
  await group.getByLabel('Year').fill(String(day.getFullYear()))
}

/** From the page about somebody's leaving: what a team decides. */
export async function decidePathway(page, needs) {
  // The page follows changes: one that comes just as it is clicked takes the click away, and a person would click again.
  const first = page.getByLabel(/^Pathway 1/)
  for (let tries = 0; tries < 3 && !(await first.isVisible()); tries += 1) {
    await page.getByRole('button', { name: 'Decide the pathway' }).click({ timeout: 5_000 }).catch(() => {})
    await first.waitFor({ timeout: 5_000 }).catch(() => {})
  }
  await first.check()
  await page.getByLabel('Who took part').fill('Jo Bell, physiotherapist\nSam Field, social worker')
  await page.getByLabel('What the person needs help with').fill(needs)
  await page.getByLabel('What is done next').fill('Ask when care can start')
  await page.getByLabel('Who does it').fill('Transfer hub')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Leaving hospital', level: 1 }).waitFor()
}

/**
 * As the transfer hub: asks the council to assess somebody who is in hospital, tells it the day and has a team decide the
 * pathway. Gives where that person's page is.
 */
export async function sendNotices(page, stay) {
  await sendAssessmentNotice(page, stay)
  await dischargeNotice(page, new Date(Date.now() + 2 * 86_400_000))
  await decidePathway(page, 'Cannot stand up without help.')
  return stay
}

/** Who at the hospital is asked, and away with the notice. */
async function contact(page) {
  await page.getByLabel('Who at the hospital can be asked').fill('Sister Green')
  await page.getByLabel('How they are reached').fill('01202 000000')
  await page.getByRole('button', { name: 'Send the notice' }).click()
  await page.getByRole('heading', { name: 'Leaving hospital', level: 1 }).waitFor()
}

/**
 * From anywhere, as the transfer hub: says how many places a service has, and holds one for the first person of a ward.
 * Gives the pages on the way, the place last.
 */
export async function holdPlace(page, ward, { service, locality }) {
  await page.goto(`/capacity/services/${service}/${locality}/places`)
  await page.getByLabel('Places on each day').fill('3')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'Places to go on to', level: 1 }).waitFor()
  await page.goto(`${ward}?view=full`)
  await page.getByRole('link', { name: /^Hold a place/ }).first().click()
  await page.getByRole('heading', { name: 'Places to go on to', level: 1 }).waitFor()
  const looking = new URL(page.url())
  const link = page.locator(`main a[href*="/services/${service}/${locality}/days/"][href*="/hold"]`).first()
  const hold = await link.getAttribute('href')
  await link.click()
  await page.getByRole('button', { name: 'Hold the place' }).click()
  await page.getByRole('heading', { name: 'A place to go on to', level: 1 }).waitFor()
  return [looking.pathname + looking.search, hold, new URL(page.url()).pathname]
}

/** From the form of a review: what it found, of which day; leaves the ward's page open. */
export async function review(page, day, { meets, reason, next }) {
  if (meets) {
    await page.getByLabel('Yes: a criterion to reside is met').check()
    await page.getByLabel('Why', { exact: true }).selectOption({ label: meets })
  } else {
    await page.getByLabel('No: the person is ready to leave').check()
    await page.getByLabel('Why the person is still here').selectOption({ label: reason })
    await page.getByLabel('How the person is to leave').selectOption({ label: 'Pathway 1: home, with new or additional health or social care' })
  }
  await page.getByLabel('What is done next, and by whom').fill(next)
  await fillDate(page.getByRole('group', { name: 'Day of the review' }), day)
  await page.getByRole('button', { name: 'Save' }).click()
}

/** From anywhere: says that the first person of a ward waits for a scan, and gives where somebody says that it came. */
export async function awaitScan(page, ward) {
  await page.goto(ward)
  await page.getByRole('link', { name: /: waits of / }).first().click()
  await page.getByLabel('What kind of thing').selectOption('scan')
  await page.getByLabel('What the person waits for').fill('CT of the head')
  await page.getByLabel('Who does it next').fill('Radiology')
  await page.getByRole('button', { name: 'Add' }).click()
  return page.getByRole('link', { name: /^It came, or is not needed/ }).first().getAttribute('href')
}

/**
 * From anywhere, as the community team: opens the page of the first of its people in hospital, plans something for them and writes down
 * a carer. Gives the pages on the way.
 */
export async function bringHome(page) {
  await page.goto('/in-reach')
  const list = page.getByRole('table', { name: 'In hospital now' })
  await list.locator('tbody').getByRole('link').first().click()
  await page.getByRole('button', { name: 'Plan something' }).click()
  const { pathname: plan } = new URL(page.url())
  await page.getByLabel('What kind of thing').selectOption('other')
  await page.getByLabel('What you will do').fill('Bring the walking frame')
  await page.getByLabel('Does the person agree?').selectOption('agreed')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('link', { name: 'Bring the walking frame' }).waitFor()
  const { pathname: person } = new URL(page.url())
  const item = await page.getByRole('link', { name: 'Bring the walking frame' }).first().getAttribute('href')
  await page.getByRole('button', { name: 'Write down a carer' }).click()
  const { pathname: carers } = new URL(page.url())
  await page.getByLabel('The carer’s name').fill('Robin Test')
  await page.getByLabel('What the carer is to the person').selectOption('neighbour')
  await page.getByLabel('In what way they care for the person').fill('Shops twice a week.')
  await page.getByLabel('How to reach the carer').fill('01202 000000')
  await page.getByLabel('Is the carer able and willing to go on?').selectOption('yes')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('link', { name: 'Robin Test' }).waitFor()
  const carer = await page.getByRole('link', { name: 'Robin Test' }).first().getAttribute('href')
  return [person, plan, item, `${person}/about-me`, carers, carer]
}

/** From anywhere, as the transfer hub: begins a meeting and takes down something to do. Gives the pages of both. */
export async function beginMeeting(page, what) {
  await page.goto('/hub/meeting')
  await page.getByRole('button', { name: 'Start the meeting' }).click()
  await page.getByRole('heading', { name: 'Meeting that goes on', level: 1 }).waitFor()
  const meeting = new URL(page.url()).pathname
  await page.getByRole('link', { name: /^Talk about/ }).first().click()
  await page.getByLabel('What is said').fill('Waits for help at home.')
  await page.getByLabel('What is to be done').fill(what)
  await page.getByLabel('Who does it').fill('Grace Okafor')
  await page.getByLabel('Of which organisation').selectOption('RDY')
  await page.getByRole('button', { name: 'Save and stay here' }).click()
  await page.getByRole('link', { name: what }).waitFor()
  const turn = new URL(page.url()).pathname
  await page.getByRole('link', { name: what }).click()
  await page.getByRole('heading', { name: 'Something to be done', level: 1 }).waitFor()
  return [meeting, turn, new URL(page.url()).pathname]
}

/** From anywhere: adds a program that is told when records are joined, and leaves its page open. */
export async function addSubscriber(page) {
  await page.goto('/subscribers')
  await page.getByLabel('Name', { exact: true }).fill('A test')
  await page.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/events')
  await page.getByRole('button', { name: 'Add' }).click()
  await page.getByRole('heading', { name: 'A test', level: 1 }).waitFor()
}

/** From a pair of records: answers, and waits for where the queue goes on. */
export async function answerPair(page, { answer, why, note = '' }) {
  const before = page.url()
  await page.getByLabel(answer).check()
  const chosen = page.getByRole('radio', { name: answer })
  const reasons = page.locator(`#conditional-${await chosen.getAttribute('id')} select`)
  const labels = await reasons.locator('option').allInnerTexts()
  await reasons.selectOption({ label: labels.find((label) => why.test(label)) })
  await page.getByLabel(/^Note/).fill(note)
  await page.getByRole('button', { name: /^Save and go on/ }).click()
  await page.waitForURL((url) => url.href !== before)
  await page.waitForLoadState()
}

/** Adds an action to a measure's page, and gives the address where somebody says what came of it. */
export async function addAction(page, measure) {
  await page.goto(`${measure}/action`)
  await page.getByLabel('What is to be done?').fill('Agree on one form')
  await page.getByLabel('Who is to do it?').fill('Transfer hub')
  for (const [part, value] of [['Day', '1'], ['Month', '2'], ['Year', '2030']]) {
    await page.getByLabel(part, { exact: true }).fill(value)
  }
  await page.getByRole('button', { name: 'Add it' }).click()
  return page.getByRole('link', { name: /Say what came of it/ }).first().getAttribute('href')
}

/** Issues a programme's report to its board and returns the report's address. */
export async function issueReport(page, programme) {
  await page.goto(`/programmes/${programme}/report`)
  await page.getByLabel('Summary').fill('The board should know of the plan first.')
  await press(page, 'Issue the report')
  await page.waitForURL(/\/report\/\d+$/)
  return new URL(page.url()).pathname
}

const press = async (page, name) => {
  await page.locator('main').getByRole('button', { name }).first().click()
  await page.waitForLoadState()
}

/** Somebody finds a service by its name; gives the address of its listing. */
export async function findListing(page, name) {
  await page.goto(`/find?q=${encodeURIComponent(name)}`)
  await page.locator('main').getByRole('link', { name, exact: true }).first().click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
  return new URL(page.url()).pathname
}

/** A provider says that a listing is theirs. */
export async function claimListing(page, listing) {
  await page.goto(`/directory/claims/new?listing=${listing.split('/').at(-1)}`)
  await page.getByLabel('What do you do there?').fill('I run it')
  await press(page, 'Ask to keep these listings')
}

/** An editor lets whoever asked keep the listings. */
export async function allowClaim(page) {
  await page.goto('/directory/claims')
  await page.getByLabel('Why').first().fill('We know them')
  await press(page, 'Let them keep these listings')
}

/** A provider changes what a listing says; gives the address of the suggestion, before it is sent. */
export async function suggestChange(page, name, description) {
  await page.goto('/directory/mine')
  await page.locator('main').getByRole('link', { name }).first().click()
  await page.waitForLoadState()
  await press(page, 'Suggest a change')
  await page.getByLabel('Description').fill(description)
  const first = new URL(page.url()).pathname
  for (let part = 0; part < 12 && (await page.getByRole('button', { name: /^Save and (continue|check)$/ }).count()); part += 1) {
    await press(page, /^Save and (continue|check)$/)
  }
  return { first, suggestion: new URL(page.url()).pathname }
}

/** Answers "Do I need care and support?" to its end; gives the addresses of what is on the way. */
export async function answerFlow(page) {
  await page.goto('/advice/care-and-support')
  await press(page, 'Start now')
  const ways = []
  while (!new URL(page.url()).pathname.endsWith('/check')) {
    ways.push(new URL(page.url()).pathname)
    const none = page.getByLabel('None of these', { exact: true })
    const choice = ways.length > 3 && (await none.count()) ? none : page.locator('main input[type=radio], main input[type=checkbox]').first()
    await choice.check()
    await press(page, 'Continue')
  }
  const check = new URL(page.url()).pathname
  await press(page, 'See what this means')
  return [...ways.slice(0, 3), check, new URL(page.url()).pathname, check.replace(/check$/, 'ask')]
}

/** Asks for help; gives the address that says what happens next. */
export async function askForHelp(page, name) {
  await page.goto('/ask-for-help')
  await page.getByLabel('Me', { exact: true }).check()
  await page.getByLabel(/help with\?/).fill('I cannot cook any more')
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Telephone number').fill('01632 960001')
  await press(page, 'Ask for help')
  return new URL(page.url()).pathname
}
