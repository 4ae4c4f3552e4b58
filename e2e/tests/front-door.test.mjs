// The way in for residents: find help, work out what care may cost, answer questions and ask; and behind it a provider
// who keeps a listing, editors who publish advice, and the adviser who deals with what was asked.

import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { axe, reflow } from '../harness/audit.mjs'
import { PHONE, keepingEvidence, launch, visitor } from '../harness/browser.mjs'
import { address, as, headed } from '../harness/people.mjs'
import { allowClaim, claimListing, findListing, suggestChange } from '../harness/work.mjs'

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

/** Somebody with nobody signed in, on a telephone; with and without script. */
async function resident(name, options, work) {
  const { page, context, faults } = await visitor(browser, address(), { viewport: PHONE, ...options })
  await keepingEvidence(name, () => [page], () => work(page))
  assert.deepEqual(faults, [])
  await context.close()
}

async function staff(name, account, work) {
  const { page, context, faults } = await as(browser, account)
  await keepingEvidence(name, () => [page], () => work(page))
  assert.deepEqual(faults, [])
  await context.close()
}

async function looksRight(page) {
  assert.deepEqual([...(await axe(page)), ...(await reflow(page))], [])
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without'

  test(`${how} script, on a telephone, somebody finds a lunch club by postcode`, async () => {
    await resident(`front-door find ${how}`, { javaScriptEnabled }, async (page) => {
      await page.goto('/')
      await headed(page, 'Help with health and care')
      await page.locator('main').getByRole('link', { name: 'Find help' }).click()
      await page.getByLabel('What do you need?').fill('lunch clubb')
      await page.getByLabel('Postcode').fill('dt1 1aa')
      await press(page, /^(Search|Find help)$/)
      const found = await text(page)
      assert.match(found, /Tuesday Lunch Club/)
      assert.match(found, /lunch club/i)
      assert.match(found, /mile/)
      if (javaScriptEnabled) await looksRight(page)
      await page.locator('main').getByRole('link', { name: /Tuesday Lunch Club/ }).first().click()
      await headed(page, /Tuesday Lunch Club/)
      const listing = await text(page)
      assert.match(listing, /01632 960/)
      assert.match(listing, /£6/)
      assert.match(listing, /Tuesday/)
      if (javaScriptEnabled) await looksRight(page)
    })
  })

  test(`${how} script, somebody works out what care may cost and when savings run down`, async () => {
    await resident(`front-door pay ${how}`, { javaScriptEnabled }, async (page) => {
      await page.goto('/paying-for-care')
      await page.getByLabel('Your postcode').fill('dt1 1aa')
      await page.getByLabel('In a care home to live there').check()
      await page.getByLabel('What does the care cost each week?').fill('1200')
      await page.locator('#savings').fill('52000')
      await page.getByLabel('State pension', { exact: true }).fill('230')
      await press(page, 'Work it out')
      await headed(page, 'What you may pay')
      const answer = await text(page)
      assert.match(answer, /£1,200\.00 a week/)
      assert.match(answer, /Tell the council by/)
      assert.match(answer, /£23,250/)
      assert.ok(!page.url().includes('52000'), 'figures must not be in the address')
      if (javaScriptEnabled) await looksRight(page)
    })
  })

  test(`${how} script, somebody answers questions, asks for help, and it reaches the adviser`, async () => {
    let reference
    await resident(`front-door ask ${how}`, { javaScriptEnabled }, async (page) => {
      await page.goto('/advice')
      await page.getByRole('link', { name: 'Do I need care and support?' }).click()
      await press(page, 'Start now')
      const answer = async (...labels) => {
        for (const label of labels) await page.getByLabel(label, { exact: true }).check()
        await press(page, 'Continue')
      }
      await answer('No, nobody is in danger now')
      await answer('Yes')
      await answer('Making food and eating', 'Washing yourself and your clothes')
      await page.getByRole('link', { name: 'Back' }).click()
      await page.waitForLoadState()
      assert.ok(await page.getByLabel('Making food and eating').isChecked(), 'going back keeps what was answered')
      await press(page, 'Continue')
      await answer('None of these')
      await answer('None of these')
      await answer('They take me much longer than other people')
      await answer('A lot')
      await headed(page, 'Check your answers')
      await press(page, 'See what this means')
      await headed(page, 'You may well have a right to care and support')
      if (javaScriptEnabled) await looksRight(page)
      assert.match(await text(page), /making food and eating and washing/)
      await page.locator('main').getByRole('button', { name: 'Ask for an assessment' }).click()
      await page.waitForLoadState()
      await page.getByLabel('Me', { exact: true }).check()
      await page.getByLabel(/help with\?/).fill('I cannot cook any more')
      await page.getByLabel('Your name').fill(`Winnie ${how}`)
      await page.getByLabel('Telephone number').fill('01632 960001')
      await press(page, /^(Ask for help|Send)/)
      await headed(page, 'We have your request')
      reference = /[0-9A-F]{4}-[0-9A-F]{4}/.exec(await text(page))[0]
    })
    await staff(`front-door adviser ${how}`, 'adviser', async (page) => {
      await page.goto('/requests')
      await page.getByRole('link', { name: /asked for help online/ }).click()
      await page.getByRole('link', { name: `Winnie ${how}` }).click()
      await headed(page, `Asked for help online, reference ${reference} Winnie ${how}`).catch(() => headed(page, new RegExp(`Winnie ${how}`)))
      const contact = await text(page)
      assert.match(contact, /I cannot cook any more/)
      assert.match(contact, /Making food and eating/)
      await page.getByRole('button', { name: 'Find their record' }).click()
      await page.waitForLoadState()
      await page.getByRole('searchbox').fill('smith')
      await press(page, 'Search')
      await press(page, 'Record the request here')
      await headed(page, 'Request for support')
      assert.match(await text(page), /I cannot cook any more/)
    })
  })
}

test('a symptom that cannot wait leads to 999 at once, and the page can be left', async () => {
  await resident('front-door danger', {}, async (page) => {
    await page.goto('/advice/help-tonight')
    await press(page, 'Start now')
    await page.getByLabel('Someone may die or be badly hurt', { exact: true }).check()
    await press(page, 'Continue')
    await headed(page, 'Call 999 now')
    assert.equal(await page.getByRole('link', { name: /Call 999/ }).first().getAttribute('href'), 'tel:999')
    const away = page.waitForRequest((request) => !request.url().startsWith(address()))
    await page.locator('[data-exit]').click().catch(() => {})
    assert.match((await away).url(), /weather/)
  }).catch((error) => {
    // Leaving asks another host, which every other page must not.
    if (!/asked another host: .*weather/.test(error.message)) throw error
  })
})

test('a provider claims a listing and changes it, and an editor lets it through', async () => {
  let listing
  await resident('front-door listing', {}, async (page) => {
    listing = await findListing(page, 'Memory Café')
  })
  await staff('front-door claim', 'provider', async (page) => {
    await claimListing(page, listing)
  })
  await staff('front-door approve claim', 'editor', allowClaim)
  await staff('front-door suggest', 'provider', async (page) => {
    await suggestChange(page, 'Memory Café', 'Tea, music and advice. Dogs are welcome.')
    await press(page, 'Send to the editors')
  })
  await staff('front-door approve change', 'editor', async (page) => {
    await page.goto('/directory/suggestions')
    await page.locator('main').getByRole('link', { name: /Memory Café/ }).first().click()
    assert.match(await text(page), /Dogs are welcome/)
    await press(page, 'Approve')
  })
  await resident('front-door changed listing', {}, async (page) => {
    await page.goto(listing)
    assert.match(await text(page), /Dogs are welcome/)
  })
})

test('an editor changes advice, another publishes it, and the public reads it', async () => {
  await staff('front-door edit', 'editor', async (page) => {
    await page.goto('/content')
    await page.getByRole('link', { name: 'Coming out of hospital' }).first().click()
    await page.getByRole('button', { name: 'Change the words' }).click()
    await page.waitForLoadState()
    await page.locator('main li').filter({ hasText: '(flow)' }).getByRole('link').click()
    await page.waitForLoadState()
    const summary = page.getByLabel(/summary/i).first()
    await summary.fill('Find out what help there is when you go home, and who to ask.')
    await page.getByLabel('What did you change, and why?').fill('Said it more simply')
    await press(page, 'Check and save as a new version')
    await press(page, /^Propose version/)
    assert.equal(await page.getByRole('button', { name: /^Approve and publish/ }).count(), 0, 'nobody approves their own change')
  })
  await staff('front-door publish', 'second-editor', async (page) => {
    await page.goto('/content')
    await page.getByRole('link', { name: 'Coming out of hospital' }).first().click()
    await page.waitForLoadState()
    if ((await page.getByRole('button', { name: /^Approve and publish/ }).count()) === 0) {
      await page.getByRole('link', { name: /versions/i }).first().click()
      await page.waitForLoadState()
    }
    await press(page, /^Approve and publish/)
  })
  await resident('front-door published', {}, async (page) => {
    await page.goto('/advice')
    assert.match(await text(page), /when you go home, and who to ask/)
  })
})
